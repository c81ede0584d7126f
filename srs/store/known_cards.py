"""What the store knows of a guide's cards, for a guide that has lost its lock."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from typing import NamedTuple

from cards.card import sides
from cards.card.card import CardId
from srs.store.last_built import read_only_uri


class KnownCard(NamedTuple):
    """A card as the store last saw it."""

    id: CardId
    question: str
    kind: str
    front: str
    """Its words."""
    back: str
    retired: bool


def read_known_cards(path: str, guide: str) -> list[KnownCard]:
    """Return the guide's cards, those in use first; none where there is no store."""
    try:
        with closing(sqlite3.connect(read_only_uri(path), uri=True)) as connection:
            rows = connection.execute(
                "SELECT card.id, question, kind, front, back, retired "
                "FROM card JOIN face ON face.card = card.id "
                "WHERE guide = ? ORDER BY retired, position, card.id",
                (guide,),
            ).fetchall()
    except sqlite3.Error:
        return []
    return [
        KnownCard(CardId(card), question, kind, _words(front), _words(back), bool(retired))
        for card, question, kind, front, back, retired in rows
    ]


def _words(side: str) -> str:
    return sides.words(sides.decode(json.loads(side)))
