"""What the answer to a question is: options, or code."""
