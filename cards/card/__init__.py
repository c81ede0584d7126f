"""Cards: their kinds, their sides, and the deck that only the gate makes."""
