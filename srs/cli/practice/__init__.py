"""The loop and the report of `proofdeck practice`."""
