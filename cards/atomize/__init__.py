"""Small rules make drafts of cards from questions; `rules` names all of them."""
