"""Python as text: what it binds, reads, changes and imports, and edits of it."""
