"""When a card is asked: SM-2 schedules, the review log, the sitting and the command line."""
