"""What a learner fills in: gaps in code, and what running the code showed of them."""
