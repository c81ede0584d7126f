"""A sitting over a store."""
