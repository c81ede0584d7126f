"""A deck as one file to read, print or process: HTML, CSV, JSON."""
