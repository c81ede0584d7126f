"""Markdown text becomes a guide: sections, questions and the blocks that answer them."""
