"""What a person types: the words that a shell completes, and what was meant by a word that is none."""
