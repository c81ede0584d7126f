"""Restore the indentation of flattened Python."""
