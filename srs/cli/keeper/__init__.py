"""The commands that copy, unite and examine the store."""
