"""Measuring: what cards can ask about code, found by running it, and the reference that judges answers."""
