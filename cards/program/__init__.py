"""Code to run, the versions it runs under, and what was seen of it."""
