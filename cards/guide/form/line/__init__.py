"""Forms of questions that are read line by line, before Markdown is."""
