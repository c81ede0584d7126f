"""Checks for the author of a guide: of its cards, its code and its outputs."""
