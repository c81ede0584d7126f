"""The report and the questions of `proofdeck recover`."""
