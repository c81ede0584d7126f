"""What the store says of the days until an interview."""
