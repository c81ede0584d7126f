"""What to ask until the day of an interview, and how one stands on the way there."""
