"""Long guides read by several processes at once, each a share of the chunks."""
