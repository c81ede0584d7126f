"""Decides from what was seen of a program what is said of each snippet; runs nothing."""
