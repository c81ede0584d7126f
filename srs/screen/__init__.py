"""A sitting on a terminal: drawing, keys, colours."""
