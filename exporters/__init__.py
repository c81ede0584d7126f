"""Where cards go: Anki packages."""
