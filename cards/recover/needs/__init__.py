"""What the code blocks of a page lack to run, and what stands in for it."""
