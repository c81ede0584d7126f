"""What `prove --on` does: proves a guide under several versions, one after the other."""
