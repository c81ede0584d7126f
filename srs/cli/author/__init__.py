"""Commands for the author of a guide."""
