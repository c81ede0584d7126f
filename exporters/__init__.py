"""Where cards go: Anki packages, pages, other tools."""
