"""What the blocks of a page lack to run, and what stands in for it."""
