"""Commands that back up, merge and check the store."""
