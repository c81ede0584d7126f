"""Merge another store into this one: the union of both logs, and the standings that follow."""

# ruff: noqa: S608 - statements are put together from fixed texts only

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from cards.errors import StoreError
from srs.review.log import ANKI_ID_PREFIX
from srs.store.connection import (
    SCHEMA_VERSION,
    connect,
    read_schema_version,
    told_damage,
    translate_errors,
)
from srs.store.row import ENTRY_COLUMNS, entry_from_row, free_name
from srs.store.standings import insert_entries, refold

if TYPE_CHECKING:
    import sqlite3

    from cards.card.card import CardId
    from srs.review.log import LogEntry
    from srs.store.store_file import StoreFile

_GUIDE_COLUMNS = (
    "id, short_name, title, new_a_day, reviews_a_day, minutes_a_day, interview, name, removed, questions"
)
_CARD_COLUMNS = (
    "id, guide, position, place, importance, block, kind, question, optional, digest, source_path, "
    "source_line, retired, held, changed"
)
_PROOF_COLUMNS = "tensorflow, keras, proved_on, since, ran_with, failing, exercise"
_FACE_COLUMNS = f"card, breadcrumb, tags, front, back, context, paint, words, {_PROOF_COLUMNS}"
_ATTEMPT_COLUMNS = "id, guide, task, at, day, is_right"


class MergeReport(NamedTuple):
    """How many entries, undos, cards and attempts a merge brought."""

    entries: int
    undone: int
    """Entries that were undone over there."""
    cards: int
    """Cards that were not known here, with what the log says of them."""
    attempts: int = 0
    """Attempts at coding tasks."""
    twins: int = 0
    """Cards among these with the words of one that was here: their guide was built twice without its lock."""

    @property
    def anything(self) -> bool:
        """Whether the merge brought anything."""
        return any(self)


def merge_store(store: StoreFile, other_path: str) -> MergeReport:
    """Merge the other store's log into this one; the other is only read.

    Merging a second time changes nothing, and in whatever order stores are merged, the same log comes out.
    Cards keep the words they have here; a card that is known only there comes with its words.
    """
    other_file = Path(other_path)
    if not other_file.exists():
        raise StoreError(f"There is no store {other_path}.")
    if not other_file.is_file():
        raise StoreError(f"{other_path} is no file; name a store, or a backup of one.")
    if other_file.samefile(store.path):
        raise StoreError(f"{other_path} is this store itself.")
    with told_damage(other_path), translate_errors(other_path):
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
    scheduler = store.scheduler
    with store.write_transaction() as own:
        cards = _copy_unknown_cards(own, other)
        known = dict(own.execute("SELECT id, undone_at FROM log"))
        rows = other.execute(f"SELECT {ENTRY_COLUMNS} FROM log ORDER BY at, id")
        entries = [entry_from_row(row) for row in rows]
        added = insert_entries(own, (entry for entry in entries if entry.id not in known), merged=True)
        undone = [entry for entry in entries if entry.id in known and _undone_before(entry, known[entry.id])]
        own.executemany(
            "UPDATE log SET undone_at = ? WHERE id = ?", [(entry.undone_at, entry.id) for entry in undone]
        )
        twins = _count_twins(own, cards) if cards else 0
        refold(own, {entry.card for entry in (*added, *undone)} | undo_anki_copies(own), scheduler)
        attempts = own.executemany(
            f"INSERT INTO attempt ({_ATTEMPT_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING",
            other.execute(f"SELECT {_ATTEMPT_COLUMNS} FROM attempt"),
        )
    return MergeReport(len(added), len(undone), len(cards), attempts.rowcount, twins)


def _undone_before(entry: LogEntry, known_undone_at: str | None) -> bool:
    """Tell whether the other machine undid an entry earlier: the earlier moment counts on both."""
    return entry.undone_at is not None and (known_undone_at is None or entry.undone_at < known_undone_at)


def undo_anki_copies(own: sqlite3.Connection) -> set[CardId]:
    """Mark as undone what came back from Anki and was answered in a terminal; return the cards concerned.

    One machine gave its answers to Anki, the other read them there, and now they meet: of two entries within
    a second the terminal's own counts. The other is undone at its own moment, so that the logs come out the
    same wherever this is done. Within the caller's transaction.
    """
    rows = own.execute(
        """
        UPDATE log SET undone_at = at
        WHERE id GLOB ? AND grade IS NOT NULL AND undone_at IS NULL AND EXISTS (
            SELECT 1 FROM log AS typed
            WHERE typed.card = log.card AND typed.id NOT GLOB ? AND typed.grade IS NOT NULL
                AND abs(julianday(typed.at) - julianday(log.at)) * 86400 < 0.9995
        ) RETURNING card
        """,
        (f"{ANKI_ID_PREFIX}*", f"{ANKI_ID_PREFIX}*"),
    )
    return {card for (card,) in rows}


def _count_twins(own: sqlite3.Connection, came: frozenset[CardId]) -> int:
    """Return how many cards in use that came have the words of one in use that was there."""
    in_use = own.execute("SELECT id, words FROM card JOIN face ON face.card = card.id WHERE NOT retired")
    words_of = dict(in_use)
    here = {words for card, words in words_of.items() if card not in came}
    return sum(words in here for card, words in words_of.items() if card in came)


def _copy_unknown_cards(own: sqlite3.Connection, other: sqlite3.Connection) -> frozenset[CardId]:
    """Copy the cards that are known only there; return them."""
    known = dict(own.execute("SELECT id, short_name FROM guide"))
    for guide, short_name, *rest in other.execute(f"SELECT {_GUIDE_COLUMNS} FROM guide ORDER BY id"):
        if guide not in known:
            known[guide] = free_name(short_name, known.values())
            own.execute(
                f"INSERT INTO guide ({_GUIDE_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (guide, known[guide], *rest),
            )
    cards_here = {row[0] for row in own.execute("SELECT id FROM card")}
    cards = [
        row
        for row in other.execute(f"SELECT {_CARD_COLUMNS} FROM card ORDER BY id")
        if row[0] not in cards_here
    ]
    own.executemany(f"INSERT INTO card ({_CARD_COLUMNS}) VALUES ({', '.join('?' * 15)})", cards)
    own.executemany(
        f"INSERT INTO face ({_FACE_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            row
            for row in other.execute(f"SELECT {_FACE_COLUMNS} FROM face ORDER BY card")
            if row[0] not in cards_here
        ],
    )
    return frozenset(row[0] for row in cards)
