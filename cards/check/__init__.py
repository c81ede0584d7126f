"""What an author is told of a guide: its cards, its code, its outputs."""
