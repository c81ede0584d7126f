"""From a guide and its lock to a proved deck and a new lock."""
