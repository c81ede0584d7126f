"""What was done elsewhere, taken into the log."""

# ruff: noqa: S608 - statements are put together from fixed texts only

from __future__ import annotations

from typing import TYPE_CHECKING

from srs.review.log import fold_log
from srs.store.connection import transaction, translate_errors
from srs.store.health import write_standings
from srs.store.row import ENTRY_COLUMNS, entry_from_row

if TYPE_CHECKING:
    from collections.abc import Iterable

    from srs.review.log import LogEntry
    from srs.store.store_file import StoreFile


def import_entries(store: StoreFile, entries: Iterable[LogEntry]) -> int:
    """Log the entries, all of them or none, and fold their cards anew; return how many were not there yet.

    They count as another machine's: undo takes back what was done here. An entry is known by its id, so
    taking it in again changes nothing.
    """
    scheduler = store.scheduler
    with translate_errors(store.path), transaction(store.connection):
        here = store.connection
        touched = []
        for entry in entries:
            taken = here.execute(
                f"INSERT INTO log ({ENTRY_COLUMNS}, merged) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1) "
                "ON CONFLICT (id) DO NOTHING",
                (
                    entry.id,
                    entry.card,
                    entry.act.value,
                    entry.at,
                    entry.day.isoformat(),
                    entry.grade,
                    entry.took_ms,
                    entry.note,
                    entry.until.isoformat() if entry.until else None,
                    entry.cause,
                    entry.undone_at,
                ),
            )
            if taken.rowcount:
                touched.append(entry.card)
        standings = {}
        for card in sorted(set(touched)):
            rows = here.execute(f"SELECT {ENTRY_COLUMNS} FROM log WHERE card = ? ORDER BY at, id", (card,))
            standings[card] = fold_log(map(entry_from_row, rows), scheduler)
        write_standings(store, standings)
    return len(touched)
