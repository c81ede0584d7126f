"""Two machines' stores united: the union of their logs, folded anew."""

# ruff: noqa: S608 - statements are put together from fixed texts only
from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from cards.errors import StoreError
from srs.review.log import FROM_ANKI, fold
from srs.store.connection import SCHEMA, connect, told, transaction, version
from srs.store.health import project
from srs.store.row import ENTRY, entry_of

if TYPE_CHECKING:
    import sqlite3

    from cards.card.card import CardId
    from srs.store.store_file import StoreFile

_GUIDE = "slug, title, new_a_day, reviews_a_day"
_CARD = "id, guide, position, kind, question, optional, digest, source_path, source_line, retired"
_PROOF = "tensorflow, keras, proved_on, failing, exercise"
_FACE = f"card, breadcrumb, tags, front, back, context, paint, words, {_PROOF}"
_ATTEMPT = "id, guide, task, at, day, is_right"


class Merged(NamedTuple):
    """What came over."""

    entries: int
    undone: int
    """Entries that were undone over there."""
    cards: int
    """Cards that were not known here, with what the log says of them."""
    attempts: int = 0
    """Attempts at coding tasks."""

    @property
    def anything(self) -> bool:
        """Something came over."""
        return any(self)


def merge(store: StoreFile, other_path: str) -> Merged:
    """Bring the other store's log into this one; the other is only read.

    Doing it again changes nothing, and in whatever order stores are merged, the same log comes out. Cards
    keep the words they have here; a card that is known only there comes with its words.
    """
    there = Path(other_path)
    if not there.exists():
        raise StoreError(f"There is no store {other_path}.")
    if there.samefile(store.path):
        raise StoreError(f"{other_path} is this store itself.")
    with told(other_path):
        other = connect(other_path)
        try:
            number = version(other, other_path)
            if number != SCHEMA:
                raise StoreError(
                    f"{other_path} has the format {number}, this store {SCHEMA}: "
                    "open it once with this version of proofdeck, then merge."
                )
            return _merge(store, other)
        finally:
            other.close()


def _merge(store: StoreFile, other: sqlite3.Connection) -> Merged:
    here = store.connection
    scheduler = store.scheduler
    with told(store.path), transaction(here):
        cards = _cards(here, other)
        known = dict(here.execute("SELECT id, undone_at FROM log"))
        rows = other.execute(f"SELECT {ENTRY} FROM log ORDER BY at, id").fetchall()
        fresh = [row for row in rows if row[0] not in known]
        here.executemany(
            f"INSERT INTO log ({ENTRY}, merged) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)", fresh
        )
        # The earlier of two undo marks, so that both machines come to the same.
        marks = [
            (row[10], row[0])
            for row in rows
            if row[0] in known and row[10] is not None and (known[row[0]] is None or row[10] < known[row[0]])
        ]
        here.executemany("UPDATE log SET undone_at = ? WHERE id = ?", marks)
        marked = {identity for _, identity in marks}
        touched = {row[1] for row in fresh} | {row[1] for row in rows if row[0] in marked}
        touched |= set_copies_aside(here)
        standings = {}
        for card in sorted(touched):
            entries = here.execute(f"SELECT {ENTRY} FROM log WHERE card = ? ORDER BY at, id", (card,))
            standings[card] = fold(map(entry_of, entries), scheduler)
        project(store, standings)
        attempts = other.execute(f"SELECT {_ATTEMPT} FROM attempt").fetchall()
        united = here.executemany(
            f"INSERT INTO attempt ({_ATTEMPT}) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING",
            attempts,
        )
    return Merged(len(fresh), len(marks), cards, united.rowcount)


def set_copies_aside(here: sqlite3.Connection) -> set[CardId]:
    """Mark as undone what came back from Anki and was answered in a terminal; return the cards concerned.

    One machine gave its answers to Anki, the other read them there, and now they meet: of two entries within
    a second the terminal's own counts. The mark bears the entry's own moment, so that it is the same wherever
    it is made. Within the caller's transaction.
    """
    rows = here.execute(
        """
        UPDATE log SET undone_at = at
        WHERE id GLOB ? AND grade IS NOT NULL AND undone_at IS NULL AND EXISTS (
            SELECT 1 FROM log AS own
            WHERE own.card = log.card AND own.id NOT GLOB ? AND own.grade IS NOT NULL
                AND abs(julianday(own.at) - julianday(log.at)) * 86400 < 0.9995
        ) RETURNING card
        """,
        (f"{FROM_ANKI}*", f"{FROM_ANKI}*"),
    )
    return {card for (card,) in rows}


def _cards(here: sqlite3.Connection, other: sqlite3.Connection) -> int:
    guides = {row[0] for row in here.execute("SELECT slug FROM guide")}
    here.executemany(
        f"INSERT INTO guide ({_GUIDE}) VALUES (?, ?, ?, ?)",
        [row for row in other.execute(f"SELECT {_GUIDE} FROM guide") if row[0] not in guides],
    )
    known = {row[0] for row in here.execute("SELECT id FROM card")}
    cards = [row for row in other.execute(f"SELECT {_CARD} FROM card ORDER BY id") if row[0] not in known]
    here.executemany(f"INSERT INTO card ({_CARD}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", cards)
    here.executemany(
        f"INSERT INTO face ({_FACE}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [row for row in other.execute(f"SELECT {_FACE} FROM face ORDER BY card") if row[0] not in known],
    )
    return len(cards)
