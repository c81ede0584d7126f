"""Confines a process before it runs the code of a guide."""
