"""Calls that a guide names although they are gone."""
