"""Exercises: gaps in code that a learner fills in, and the measurements behind them."""
