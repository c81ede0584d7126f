"""Schedulers (SM-2 and FSRS), and a model of memory to simulate them with."""
