"""Reviews: the log, the agenda of a day, a sitting as a state machine, preferences."""
