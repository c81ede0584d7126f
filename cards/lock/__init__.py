"""The file beside a guide that remembers its cards, and which card is which."""
