"""What the commands that build a guide share."""
