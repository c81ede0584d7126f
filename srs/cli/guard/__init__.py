"""What stands between an author and a loss: questions before it, and a lock that is mended."""
