"""Flat Python gets its indentation back."""
