"""What the log says about the reviews."""
