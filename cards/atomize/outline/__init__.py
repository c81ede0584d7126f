"""What a question asks, and the few points that answer it."""
