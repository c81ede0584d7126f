"""What a list of an answer is."""
