"""Save what can be read of a damaged store into a fresh one, and take from the backups what is missing."""

# ruff: noqa: S608 - statements are put together from fixed texts only

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from cards.errors import StoreError
from srs.store.backups import daily_backups, restore_backup
from srs.store.row import STANDING_COLUMNS
from srs.store.standings import read_standings, refold
from srs.store.store import Store
from srs.store.store_merge import merge_store

_FIRST = ("guide", "card", "face")
"""Tables that others refer to, each after those that it refers to."""
_FORMER_NAMES = {"id": "slug", "short_name": "slug"}
"""What named a guide in stores from before guides had identities."""
_COMPUTED = frozenset(standing.removeprefix("card.") for standing in STANDING_COLUMNS.split(", ")) | {
    "revision"
}
"""Columns of a card that the log implies."""


class SalvageReport(NamedTuple):
    """What a fresh store holds of a damaged one and of its backups."""

    cards: int
    entries: int
    unreadable: int
    """Rows that were damaged, or refer to what is nowhere any more."""


def salvage(path: str, aside: Path) -> SalvageReport:
    """Put a fresh store in a damaged one's place: its readable rows, and what only the backups have.

    The damaged one is kept whole under `aside`. Nobody may have the store open.
    """
    with TemporaryDirectory(prefix="mending-", dir=Path(path).parent) as folder:
        fresh = Path(folder, "mended.db")
        with Store.open(fresh) as store:
            unreadable = _fill(store, path)
            # A schedule is computed from the log; what was stored of it may be what is damaged.
            with store.write_transaction() as connection:
                refold(connection, read_standings(connection), store.scheduler)
            ((cards, entries),) = store.rows("SELECT (SELECT count(*) FROM card), (SELECT count(*) FROM log)")
        restore_backup(path, fresh, aside)
    return SalvageReport(cards, entries, unreadable)


def _fill(store: Store, path: str) -> int:
    with closing(sqlite3.connect(f"{Path(path).resolve().as_uri()}?mode=ro", uri=True)) as damaged:
        with suppress(sqlite3.Error):
            # A damaged description of one index hides no table.
            damaged.execute("PRAGMA writable_schema = ON")
        damaged.text_factory = lambda raw: raw.decode("utf-8", "replace")
        # First what others refer to; the backups fill the gaps before the log needs its cards.
        unreadable = sum(_copy_rows(damaged, store.connection, table) for table in _FIRST)
        for backup in reversed(daily_backups(path)):
            with suppress(StoreError):
                merge_store(store, str(backup))
        for table in _later_tables(store.connection):
            unreadable += _copy_rows(damaged, store.connection, table)
        store.connection.execute(
            "INSERT INTO face (card, breadcrumb, tags, front, back, context, paint, words) "
            "SELECT id, '[]', '[]', '[]', '[]', '[]', '{}', '' FROM card "
            "WHERE id NOT IN (SELECT card FROM face)"
        )
    return unreadable


def _copy_rows(damaged: sqlite3.Connection, fresh: sqlite3.Connection, table: str) -> int:
    """Copy the readable rows that keep the table's rules and are not there yet; return how many do not."""
    columns = {name: name for name in _columns(fresh, table)}
    with suppress(sqlite3.Error):
        columns = _columns_there(list(columns), table, _columns(damaged, table))
    kept = [name for name in columns if name != "seq" and not (table == "card" and name in _COMPUTED)]
    statement = f"INSERT INTO {table} ({', '.join(kept)}) VALUES ({', '.join('?' * len(kept))})"
    refused = 0
    for row in _readable_rows(damaged, table, [columns[name] for name in kept]):
        try:
            fresh.execute(statement, row)
        except sqlite3.IntegrityError as error:
            refused += "UNIQUE" not in str(error)
        except sqlite3.Error:
            refused += 1
    return refused


def _columns_there(wanted: list[str], table: str, there: list[str]) -> dict[str, str]:
    """Return the columns that a damaged table has, each with its name there."""
    former = _FORMER_NAMES if table == "guide" and "id" not in there else {}
    names = ((name, former.get(name, name)) for name in wanted)
    return {name: found for name, found in names if found in there}


def _later_tables(connection: sqlite3.Connection) -> list[str]:
    rows = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT GLOB 'sqlite_*' "
        "AND name NOT GLOB '_*' ORDER BY name = 'log' DESC, name"
    )
    return [table for (table,) in rows if table not in _FIRST]


def _columns(connection: sqlite3.Connection, table: str) -> list[str]:
    return [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]


def _readable_rows(damaged: sqlite3.Connection, table: str, columns: list[str]) -> list[tuple[Any, ...]]:
    """Return a table's rows from its beginning up to damage, and from there behind damage to its end."""
    found: dict[int, tuple[Any, ...]] = {}
    for order in ("", "DESC"):
        with suppress(sqlite3.Error):
            rows = damaged.execute(
                f"SELECT rowid, {', '.join(columns)} FROM {table} NOT INDEXED ORDER BY rowid {order}"
            )
            for number, *row in rows:
                if number in found:
                    break
                found[number] = tuple(row)
    return [found[number] for number in sorted(found)]
