"""A guide as values: sections, questions, the blocks that answer them, and their words."""
