"""The forms, besides an Anki package, that a deck can be written in."""

from __future__ import annotations

from enum import StrEnum


class DeckFormat(StrEnum):
    """The formats that a deck can be exported to, besides an Anki package."""

    CSV = "csv"
    """A table as Anki's text import takes it, with HTML in its cells."""
    JSON = "json"
    """Everything, for programs."""
    HTML = "html"
    """One page that needs nothing else: searchable, printable, with folded answers."""
