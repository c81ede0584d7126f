"""A build makes a proved deck and a new lock from a guide and its lock."""
