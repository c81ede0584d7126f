"""Commands for the learner."""
