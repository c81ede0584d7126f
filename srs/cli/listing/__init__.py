"""Lists of cards: which are meant, how each is shown, and a pager for long ones."""
