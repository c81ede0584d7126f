"""Questions become drafts of cards by small rules; all of them are named in `rules`."""
