"""Exporters of cards: Anki packages, pages, and files for other tools."""
