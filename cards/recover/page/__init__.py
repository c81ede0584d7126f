"""A page as it was pasted becomes typed lines, and those the structure of a guide."""
