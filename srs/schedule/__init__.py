"""When a card is due: SM-2, FSRS, and a model of memory to try them on."""
