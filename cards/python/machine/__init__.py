"""What code asks of the machine that runs it."""
