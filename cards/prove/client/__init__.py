"""The command's end of a run: what is asked of a process, and what it reports."""
