"""Read Markdown text: elements become sections, questions and the blocks that answer them."""
