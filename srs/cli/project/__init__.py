"""What a project says of its guides once for all: a table in a file beside them, or above in the repository."""
