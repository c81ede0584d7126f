"""Read and insert the log's rows, and fold and write the standings that they imply.

Every function works within the caller's transaction.
"""

# ruff: noqa: S608 - statements are put together from fixed texts only

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from srs.review.log import EntryId, LogEntry, Standing, fold_log
from srs.store.row import (
    ENTRY_COLUMNS,
    STANDING_COLUMNS,
    entry_from_row,
    entry_values,
    standing_from_row,
    standing_values,
)

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from cards.card.card import CardId
    from srs.schedule.sm2 import Scheduler


def new_entry_id() -> EntryId:
    """Return an id that no entry on any machine has."""
    return EntryId(os.urandom(10).hex())


def insert_entries(
    connection: sqlite3.Connection, entries: Iterable[LogEntry], *, merged: bool
) -> list[LogEntry]:
    """Insert the entries whose ids the log lacks, and return those.

    `merged` tells that they were made on another machine: `undo` without an id passes over them.
    """
    statement = (
        f"INSERT INTO log ({ENTRY_COLUMNS}, merged) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (id) DO NOTHING"
    )
    return [
        entry
        for entry in entries
        if connection.execute(statement, (*entry_values(entry), int(merged))).rowcount
    ]


def read_entries(connection: sqlite3.Connection, card: CardId) -> list[LogEntry]:
    """Return a card's entries, oldest first, undone ones included."""
    rows = connection.execute(f"SELECT {ENTRY_COLUMNS} FROM log WHERE card = ? ORDER BY at, id", (card,))
    return [entry_from_row(row) for row in rows]


def read_logs(connection: sqlite3.Connection) -> dict[CardId, list[LogEntry]]:
    """Return the entries of every card that has any, oldest first."""
    logs: dict[CardId, list[LogEntry]] = {}
    for row in connection.execute(f"SELECT {ENTRY_COLUMNS} FROM log ORDER BY card, at, id"):
        entry = entry_from_row(row)
        logs.setdefault(entry.card, []).append(entry)
    return logs


def read_standings(connection: sqlite3.Connection) -> dict[CardId, Standing]:
    """Return every card's stored standing."""
    return {
        card: standing_from_row(columns)
        for card, *columns in connection.execute(f"SELECT id, {STANDING_COLUMNS} FROM card")
    }


def refold(
    connection: sqlite3.Connection, cards: Iterable[CardId], scheduler: Scheduler
) -> dict[CardId, Standing]:
    """Fold the cards' logs, write the standings that follow, and return them."""
    standings = {card: fold_log(read_entries(connection, card), scheduler) for card in sorted(set(cards))}
    write_standings(connection, standings)
    return standings


def write_standings(connection: sqlite3.Connection, standings: dict[CardId, Standing]) -> None:
    """Write the cards' standings, each with a new revision."""
    connection.executemany(
        """
        UPDATE card SET revision = revision + 1, repetitions = ?, interval_days = ?, ease_factor = ?,
            due = ?, lapses = ?, stability_days = ?, difficulty = ?, shift_days = ?, suspended = ?,
            buried_until = ?, flag = ?
        WHERE id = ?
        """,
        [(*standing_values(standing), card) for card, standing in standings.items()],
    )
