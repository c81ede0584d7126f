"""The store examined: is the file sound, and is every schedule what its log says?"""

# ruff: noqa: S608 - statements are put together from fixed texts only

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from srs.review.log import Standing, fold_log
from srs.store.connection import transaction, translate_errors
from srs.store.row import ENTRY_COLUMNS, STANDING_COLUMNS, entry_from_row, standing_from_row, standing_values

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cards.card.card import CardId
    from srs.review.log import LogEntry
    from srs.schedule.sm2 import Scheduler
    from srs.store.store_file import StoreFile


class WrongStanding(NamedTuple):
    """A card whose stored standing is not what its log comes to."""

    card: CardId
    stored: Standing
    folded: Standing


class HealthReport(NamedTuple):
    """What an examination found."""

    damage: tuple[str, ...]
    """What SQLite says of the file, and broken references; empty for a sound one."""
    wrong_standings: tuple[WrongStanding, ...]
    cards: int
    entries: int


def check_health(store: StoreFile) -> HealthReport:
    """Check the file from its pages to its references, and fold every card's log anew."""
    with translate_errors(store.path):
        connection = store.connection
        damage = [row[0] for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok"]
        damage += [
            f"a row of {table} refers to a missing row of {parent}"
            for table, _, parent, _ in connection.execute("PRAGMA foreign_key_check")
        ]
        damage += [
            f"card {card} has no text"
            for (card,) in connection.execute("SELECT id FROM card WHERE id NOT IN (SELECT card FROM face)")
        ]
        if damage:
            return HealthReport(tuple(damage), (), 0, 0)
        (cards,) = connection.execute("SELECT count(*) FROM card").fetchone()
        (entries,) = connection.execute("SELECT count(*) FROM log").fetchone()
        return HealthReport((), tuple(_find_wrong_standings(store, store.scheduler)), cards, entries)


def rebuild_standings(store: StoreFile) -> int:
    """Write every standing anew from the log, and return how many were not what the log says."""
    scheduler = store.scheduler
    with translate_errors(store.path), transaction(store.connection):
        astray = list(_find_wrong_standings(store, scheduler))
        write_standings(store, {wrong.card: wrong.folded for wrong in astray})
    return len(astray)


def write_standings(store: StoreFile, standings: dict[CardId, Standing]) -> None:
    """Write standings within the caller's transaction."""
    store.connection.executemany(
        """
        UPDATE card SET revision = revision + 1, repetitions = ?, interval_days = ?, ease_factor = ?,
            due = ?, lapses = ?, stability_days = ?, difficulty = ?, suspended = ?, buried_until = ?,
            flag = ?
        WHERE id = ?
        """,
        [(*standing_values(standing), card) for card, standing in standings.items()],
    )


def _find_wrong_standings(store: StoreFile, scheduler: Scheduler) -> Iterator[WrongStanding]:
    stored = {
        card: standing_from_row(tuple(columns))
        for card, *columns in store.connection.execute(f"SELECT id, {STANDING_COLUMNS} FROM card")
    }
    for card, entries in logs_by_card(store).items():
        folded = fold_log(entries, scheduler)
        if (before := stored.pop(card)) != folded:
            yield WrongStanding(card, before, folded)
    for card, standing in stored.items():
        if standing != Standing():
            yield WrongStanding(card, standing, Standing())


def logs_by_card(store: StoreFile) -> dict[CardId, list[LogEntry]]:
    """Return every card's entries, oldest first."""
    found: dict[CardId, list[LogEntry]] = {}
    for row in store.connection.execute(f"SELECT {ENTRY_COLUMNS} FROM log ORDER BY card, at, id"):
        entry = entry_from_row(row)
        found.setdefault(entry.card, []).append(entry)
    return found
