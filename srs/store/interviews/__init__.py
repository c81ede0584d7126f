"""The questions of mock interviews in the log."""
