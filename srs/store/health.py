"""The store examined: is the file sound, and is every schedule what its log says?"""

# ruff: noqa: S608 - statements are put together from fixed texts only
from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from srs.review.log import Standing, fold
from srs.store.connection import told, transaction
from srs.store.row import ENTRY, STANDING, entry_of, standing_columns, standing_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cards.card.card import CardId
    from srs.review.log import Entry
    from srs.schedule.sm2 import Scheduler
    from srs.store.store_file import StoreFile


class Astray(NamedTuple):
    """A card whose stored standing is not what its log comes to."""

    card: CardId
    stored: Standing
    folded: Standing


class Findings(NamedTuple):
    """What an examination found."""

    damage: tuple[str, ...]
    """What SQLite says of the file, and broken references; empty for a sound one."""
    astray: tuple[Astray, ...]
    cards: int
    entries: int


def examine(store: StoreFile) -> Findings:
    """Check the file from its pages to its references, and fold every card's log anew."""
    with told(store.path):
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
            return Findings(tuple(damage), (), 0, 0)
        (cards,) = connection.execute("SELECT count(*) FROM card").fetchone()
        (entries,) = connection.execute("SELECT count(*) FROM log").fetchone()
        return Findings((), tuple(_astray(store, store.scheduler)), cards, entries)


def mend(store: StoreFile) -> int:
    """Write every standing anew from the log, and return how many were not what the log says."""
    scheduler = store.scheduler
    with told(store.path), transaction(store.connection):
        astray = list(_astray(store, scheduler))
        project(store, {wrong.card: wrong.folded for wrong in astray})
    return len(astray)


def project(store: StoreFile, standings: dict[CardId, Standing]) -> None:
    """Write standings within the caller's transaction."""
    store.connection.executemany(
        """
        UPDATE card SET revision = revision + 1, repetitions = ?, interval_days = ?, ease_factor = ?,
            due = ?, lapses = ?, stability_days = ?, difficulty = ?, suspended = ?, buried_until = ?,
            flag = ?
        WHERE id = ?
        """,
        [(*standing_columns(standing), card) for card, standing in standings.items()],
    )


def _astray(store: StoreFile, scheduler: Scheduler) -> Iterator[Astray]:
    stored = {
        card: standing_of(tuple(columns))
        for card, *columns in store.connection.execute(f"SELECT id, {STANDING} FROM card")
    }
    for card, entries in logs(store).items():
        folded = fold(entries, scheduler)
        if (before := stored.pop(card)) != folded:
            yield Astray(card, before, folded)
    for card, standing in stored.items():
        if standing != Standing():
            yield Astray(card, standing, Standing())


def logs(store: StoreFile) -> dict[CardId, list[Entry]]:
    """Return every card's entries, oldest first."""
    found: dict[CardId, list[Entry]] = {}
    for row in store.connection.execute(f"SELECT {ENTRY} FROM log ORDER BY card, at, id"):
        entry = entry_of(row)
        found.setdefault(entry.card, []).append(entry)
    return found
