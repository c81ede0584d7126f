"""Mends a store that is damaged."""
