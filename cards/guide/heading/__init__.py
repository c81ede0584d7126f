"""Headings and other lines that ask: their numbers, features and roles."""
