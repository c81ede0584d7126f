"""Read a store's file without making, migrating or locking it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from cards.card.card import CardId


class KnownCard(NamedTuple):
    """A card as the store last saw it."""

    id: CardId
    question: str
    kind: str
    front: str
    """Its words."""
    back: str
    retired: bool


def last_build_name(path: str, guide: str) -> str | None:
    """Return the name of a guide's last build in the store; None where there is none."""
    rows = _read_rows(path, "SELECT built FROM guide WHERE slug = ?", guide)
    return rows[0][0] if rows else None


def read_known_cards(path: str, guide: str) -> list[KnownCard]:
    """Return the guide's cards, those in use first; none where there is no store.

    For a guide that has lost its lock.
    """
    rows = _read_rows(
        path,
        "SELECT card.id, question, kind, front, back, retired FROM card JOIN face ON face.card = card.id "
        "WHERE guide = ? ORDER BY retired, position, card.id",
        guide,
    )
    return [
        KnownCard(card, question, kind, _words(front), _words(back), bool(retired))
        for card, question, kind, front, back, retired in rows
    ]


def _words(side: str) -> str:
    import json

    from cards.card import sides

    return sides.words(sides.decode(json.loads(side)))


def _read_rows(path: str, statement: str, guide: str) -> list[Any]:
    try:
        with closing(sqlite3.connect(_read_only_uri(path), uri=True)) as connection:
            return connection.execute(statement, (guide,)).fetchall()
    except sqlite3.Error:
        return []


def _read_only_uri(path: str) -> str:
    """Return the address under which SQLite opens a file without making or changing it."""
    quoted = path.replace("%", "%25").replace("?", "%3f").replace("#", "%23")
    return f"file:{quoted}?mode=ro"
