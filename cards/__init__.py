"""Guides, their cards, and the proofs of their code."""
