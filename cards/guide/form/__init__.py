"""The forms in which people write questions and answers: one family of recognisers a file."""
