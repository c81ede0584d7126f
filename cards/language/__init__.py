"""Natural languages of guides: which one a text is in, its frames, its sentences and its words."""
