"""What a project says once for all of its guides, in a file beside or above them."""
