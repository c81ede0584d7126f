"""Coding tasks: what a learner is given, what an answer may use, and how it is put to the checks."""
