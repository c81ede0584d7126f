"""Decks as lists show them, and what each may be called."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import date


class DeckName(NamedTuple):
    """What a deck may be called by a person."""

    guide: str
    """The identity of its guide."""
    short_name: str
    name: str
    """Its own name, else its guide's title."""


class DeckRow(NamedTuple):
    """A deck in a list."""

    guide: str
    short_name: str
    name: str
    path: str | None
    """Where its guide lay at its last build; None if it was never built here."""
    built_on: date | None
    """The Day of the last build that changed anything; None where nobody knows."""
    removed: bool
    cards: int
    """Those in use."""
    new: int
    due: int
    retired: int
    """Those out of use, held ones among them."""
