"""Parse Markdown text into a guide: sections, questions and the blocks that answer them."""
