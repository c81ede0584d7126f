"""Two machines' stores united: the union of their logs, folded anew."""

# ruff: noqa: S608 - statements are put together from fixed texts only

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from cards.errors import StoreError
from srs.review.log import ANKI_ID_PREFIX, fold_log
from srs.store.connection import SCHEMA_VERSION, connect, read_schema_version, transaction, translate_errors
from srs.store.health import write_standings
from srs.store.row import ENTRY_COLUMNS, entry_from_row

if TYPE_CHECKING:
    import sqlite3

    from cards.card.card import CardId
    from srs.store.store_file import StoreFile

_GUIDE_COLUMNS = "slug, title, new_a_day, reviews_a_day"
_CARD_COLUMNS = "id, guide, position, kind, question, optional, digest, source_path, source_line, retired"
_PROOF_COLUMNS = "tensorflow, keras, proved_on, failing, exercise"
_FACE_COLUMNS = f"card, breadcrumb, tags, front, back, context, paint, words, {_PROOF_COLUMNS}"
_ATTEMPT_COLUMNS = "id, guide, task, at, day, is_right"


class MergeReport(NamedTuple):
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


def merge_store(store: StoreFile, other_path: str) -> MergeReport:
    """Bring the other store's log into this one; the other is only read.

    Doing it again changes nothing, and in whatever order stores are merged, the same log comes out. Cards
    keep the words they have here; a card that is known only there comes with its words.
    """
    there = Path(other_path)
    if not there.exists():
        raise StoreError(f"There is no store {other_path}.")
    if there.samefile(store.path):
        raise StoreError(f"{other_path} is this store itself.")
    with translate_errors(other_path):
        other = connect(other_path)
        try:
            number = read_schema_version(other, other_path)
            if number != SCHEMA_VERSION:
                raise StoreError(
                    f"{other_path} has the format {number}, this store {SCHEMA_VERSION}: "
                    "open it once with this version of proofdeck, then merge."
                )
            return _merge_logs(store, other)
        finally:
            other.close()


def _merge_logs(store: StoreFile, other: sqlite3.Connection) -> MergeReport:
    here = store.connection
    scheduler = store.scheduler
    with translate_errors(store.path), transaction(here):
        cards = _copy_unknown_cards(here, other)
        known = dict(here.execute("SELECT id, undone_at FROM log"))
        rows = other.execute(f"SELECT {ENTRY_COLUMNS} FROM log ORDER BY at, id").fetchall()
        fresh = [row for row in rows if row[0] not in known]
        here.executemany(
            f"INSERT INTO log ({ENTRY_COLUMNS}, merged) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)", fresh
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
        touched |= undo_anki_copies(here)
        standings = {}
        for card in sorted(touched):
            entries = here.execute(f"SELECT {ENTRY_COLUMNS} FROM log WHERE card = ? ORDER BY at, id", (card,))
            standings[card] = fold_log(map(entry_from_row, entries), scheduler)
        write_standings(store, standings)
        attempts = other.execute(f"SELECT {_ATTEMPT_COLUMNS} FROM attempt").fetchall()
        united = here.executemany(
            f"INSERT INTO attempt ({_ATTEMPT_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING",
            attempts,
        )
    return MergeReport(len(fresh), len(marks), cards, united.rowcount)


def undo_anki_copies(here: sqlite3.Connection) -> set[CardId]:
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
        (f"{ANKI_ID_PREFIX}*", f"{ANKI_ID_PREFIX}*"),
    )
    return {card for (card,) in rows}


def _copy_unknown_cards(here: sqlite3.Connection, other: sqlite3.Connection) -> int:
    guides = {row[0] for row in here.execute("SELECT slug FROM guide")}
    here.executemany(
        f"INSERT INTO guide ({_GUIDE_COLUMNS}) VALUES (?, ?, ?, ?)",
        [row for row in other.execute(f"SELECT {_GUIDE_COLUMNS} FROM guide") if row[0] not in guides],
    )
    known = {row[0] for row in here.execute("SELECT id FROM card")}
    cards = [
        row for row in other.execute(f"SELECT {_CARD_COLUMNS} FROM card ORDER BY id") if row[0] not in known
    ]
    here.executemany(f"INSERT INTO card ({_CARD_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", cards)
    here.executemany(
        f"INSERT INTO face ({_FACE_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            row
            for row in other.execute(f"SELECT {_FACE_COLUMNS} FROM face ORDER BY card")
            if row[0] not in known
        ],
    )
    return len(cards)
