"""The terminal screen of a sitting: drawing, keys, colours."""
