"""What a file is, before it is read as a guide."""
