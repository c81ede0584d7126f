"""Back up the store atomically, keep a few backups, and restore one."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from cards.errors import StoreError
from srs.store.connection import read_schema_version, translate_errors

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

KEPT_DAYS = 14
"""So many of the newest daily backups are kept, and of older ones the first of each month."""

_DAILY = re.compile(r"proofdeck-(\d{4}-\d{2})-\d{2}\.db")


def backup_folder(path: str) -> Path:
    """Return the folder in which a store's backups lie."""
    return Path(path).parent / "backups"


def daily_backup_path(path: str, today: date) -> Path:
    """Return where a Day's backup lies."""
    return backup_folder(path) / f"proofdeck-{today.isoformat()}.db"


def make_daily_backup(connection: sqlite3.Connection, path: str, today: date) -> Path | None:
    """Make today's backup unless there is one, and delete outdated ones; return its path if it was made."""
    target = daily_backup_path(path, today)
    if target.exists():
        return None
    copy_store(connection, target)
    for name in outdated_backups(entry.name for entry in target.parent.iterdir()):
        (target.parent / name).unlink()
    return target


def copy_store(connection: sqlite3.Connection, target: Path) -> None:
    """Copy the store as it is now, including what only its write-ahead log holds.

    The copy gets its name only when it is whole and on the disk; one of that name is replaced.
    """
    partial = target.with_name(f"{target.name}.partial")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with translate_errors(str(target)), closing(sqlite3.connect(partial)) as copy:
            connection.backup(copy)
            # One file, nothing beside it: a backup is carried around.
            copy.execute("PRAGMA journal_mode = DELETE")
        _fsync(partial)
        partial.replace(target)
        _fsync(target.parent)
    except OSError as error:
        raise StoreError(f"{target} cannot be written: {error.strerror}.") from error
    finally:
        partial.unlink(missing_ok=True)


def outdated_backups(names: Iterable[str]) -> list[str]:
    """Return the daily backups that need not be kept, oldest first."""
    daily = sorted(name for name in names if _DAILY.fullmatch(name))
    first_of_month: dict[str, str] = {}
    for name in daily:
        first_of_month.setdefault(name[: len("proofdeck-2026-11")], name)
    return [name for name in daily[:-KEPT_DAYS] if name not in first_of_month.values()]


def list_backups(path: str) -> list[Path]:
    """Return a store's backups, sorted by name."""
    return sorted(backup_folder(path).glob("*.db"))


def restore_backup(path: str, source: Path, aside: Path) -> bool:
    """Replace the store by a backup; an existing store is kept whole under `aside`.

    Raises StoreError, with nothing changed, where the backup is not a sound store of this version or older.
    """
    if not source.exists():
        raise StoreError(f"There is no backup {source}.")
    place, fresh_place = Path(path), Path(f"{path}.partial")
    existed = place.exists()
    with (
        translate_errors(str(source)),
        closing(sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True)) as copy,
    ):
        if read_schema_version(copy, str(source)) == 0 or copy.execute("PRAGMA quick_check").fetchone() != (
            "ok",
        ):
            raise StoreError(f"{source} is no sound backup of a store; nothing was changed.")
        if existed:
            _set_aside(place, aside)
        place.parent.mkdir(parents=True, exist_ok=True)
        fresh_place.unlink(missing_ok=True)
        with closing(sqlite3.connect(fresh_place)) as fresh:
            copy.backup(fresh)
        _fsync(fresh_place)
    for ending in ("-wal", "-shm"):
        Path(path + ending).unlink(missing_ok=True)
    fresh_place.replace(place)
    _fsync(place.parent)
    # A backup is one file; the store writes ahead again.
    with translate_errors(path), closing(sqlite3.connect(place)) as restored:
        restored.execute("PRAGMA journal_mode = WAL")
    return existed


def _set_aside(place: Path, aside: Path) -> None:
    """Save the existing store: as a backup where it can be read, else its files as they are."""
    try:
        with closing(sqlite3.connect(place)) as current:
            # Waits for another proofdeck that is just writing, and says so if it does not end.
            current.execute("BEGIN EXCLUSIVE")
            current.execute("ROLLBACK")
            copy_store(current, aside)
    except sqlite3.OperationalError as error:
        raise StoreError(f"{place} is in use by another program; end it and try again.") from error
    except (sqlite3.DatabaseError, StoreError):
        aside.parent.mkdir(parents=True, exist_ok=True)
        for ending in ("", "-wal"):
            if Path(f"{place}{ending}").exists():
                shutil.copyfile(f"{place}{ending}", f"{aside}{ending}")


def _fsync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
