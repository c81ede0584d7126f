"""Sittings: asking cards from the store, and logging the answers."""
