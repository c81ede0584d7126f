"""The lock file beside a guide: its cards, and how new cards are matched with them."""
