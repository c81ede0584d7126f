"""The commands of who writes a guide."""
