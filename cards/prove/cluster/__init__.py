"""Proving on the workers of a Dask cluster: what is sent to them, what they do, and who sends it."""
