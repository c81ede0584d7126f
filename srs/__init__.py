"""Review scheduling: SM-2 and FSRS, the review log, the terminal screen and the command line.

A Day, with a capital, is a review day: it begins at the rollover hour, not at midnight.
"""
