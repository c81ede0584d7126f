"""Text of Python blocks that is no script: sessions, notebook lines, Python 2, fragments, odd characters."""
