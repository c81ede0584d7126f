"""Anki packages and collections: notes, media, schedules, and reading Anki's files."""
