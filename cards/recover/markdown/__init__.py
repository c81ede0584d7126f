"""What is Markdown already is left alone, but for what is certain."""
