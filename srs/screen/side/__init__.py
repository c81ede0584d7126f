"""The blocks of a card's side as they stand in a terminal: lines with a gap, code, what is marked."""
