"""Decides the verdict of each snippet from what was seen of its program; runs nothing."""
