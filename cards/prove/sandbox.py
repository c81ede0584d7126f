"""Confines the process that is about to run guide code."""
