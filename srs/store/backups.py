"""Back up the store atomically, keep a few backups, and restore one."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from cards.errors import StoreError
from cards.regex import regex
from srs.store.connection import (
    connect,
    read_schema_version,
    require_regular_file,
    transaction,
    translate_errors,
)
from srs.store.place.folder_lock import FolderLock

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from srs.review.log import LogEntry

KEPT_DAYS = 14
"""So many of the newest daily backups are kept, and of older ones the first of each month."""

BEFORE_FORGETTING = "before-forgetting"
"""How the names of copies begin that are made before a deck is forgotten."""

_DAILY = regex(r"proofdeck-(\d{4}-\d{2})-\d{2}\.db")


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
    # Of backups on other Days that were killed: nobody is at work on them any more.
    for left in target.parent.glob("proofdeck-????-??-??.db.partial*"):
        left.unlink(missing_ok=True)
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
        # Where nothing can be written, that is said above.
        with suppress(OSError):
            partial.unlink(missing_ok=True)


def outdated_backups(names: Iterable[str]) -> list[str]:
    """Return the daily backups that need not be kept, oldest first."""
    daily = sorted(name for name in names if _DAILY.fullmatch(name))
    first_of_month: dict[str, str] = {}
    for name in daily:
        first_of_month.setdefault(name[: len("proofdeck-2026-11")], name)
    return [name for name in daily[:-KEPT_DAYS] if name not in first_of_month.values()]


def list_backups(path: str) -> list[Path]:
    """Return a store's backups, sorted by name; what is no regular file is none."""
    return sorted(backup for backup in backup_folder(path).glob("*.db") if backup.is_file())


def copies_before_forgetting(path: str) -> list[Path]:
    """Return the copies of a store that were made before a deck was forgotten, oldest first."""
    return [backup for backup in list_backups(path) if backup.name.startswith(f"{BEFORE_FORGETTING}-")]


def keep_open_store(connection: sqlite3.Connection, path: str, state: str, *, was_replaced: bool) -> str:
    """Keep the whole open store in a file of its own, now that its path does not lead to it any more.

    Returns a sentence that says what happened to the path (`state`), and the way back.
    """
    for target in _free_places(path):
        with suppress(StoreError, OSError):
            copy_store(connection, target)
            way = (
                f"`proofdeck merge {target}` brings what was answered into the one that lies there now"
                if was_replaced
                else f"`proofdeck restore {target}` puts it back"
            )
            return f"{path} {state} while it was open. Everything up to here is kept in {target}; {way}."
    return f"{path} {state} while it was open, and what was answered could be kept nowhere: make room."


def keep_logged(path: str, entries: Sequence[LogEntry]) -> str:
    """Keep what was logged in a store that was overwritten, together with the newest backup that is sound.

    Returns a sentence that says what happened, and the way back.
    """
    for target in _free_places(path):
        for source in [*reversed(daily_backups(path)), Path(path)]:
            with suppress(StoreError, OSError, sqlite3.Error):
                _copy_with_entries(source, target, entries)
                return (
                    f"{path} was overwritten while it was open. What was answered here is kept in {target}; "
                    f"`proofdeck merge {target}` brings it in, and `proofdeck restore {target}` puts it in "
                    "the place of a store that is damaged."
                )
    return f"{path} was overwritten while it was open, and what was answered could be kept nowhere."


def _copy_with_entries(source: Path, target: Path, entries: Sequence[LogEntry]) -> None:
    from srs.store.standings import insert_entries

    with translate_errors(str(source)), closing(_open_read_only(source)) as base:
        if not _is_sound(base, source):
            raise StoreError(f"{source} is not sound.")
        copy_store(base, target)
    with translate_errors(str(target)), closing(connect(target)) as copy:
        # A card that was built today may be missing in a backup: its answers are kept all the same.
        copy.execute("PRAGMA foreign_keys = OFF")
        with transaction(copy):
            insert_entries(copy, entries, merged=False)
            copy.executemany(
                "UPDATE log SET undone_at = ? WHERE id = ? AND undone_at IS NULL",
                [(entry.undone_at, entry.id) for entry in entries if entry.undone_at is not None],
            )


def put_log_aside(path: str) -> Path:
    """Move the write-ahead log that lies beside a store to the backups, and return where it is now."""
    folder = backup_folder(path)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        aside = next(
            place for number in count(1) if not (place := folder / f"left-over-{number}.db-wal").exists()
        )
        Path(f"{path}-wal").replace(aside)
    except OSError as error:
        raise StoreError(f"{path}-wal cannot be put aside: {error.strerror}.") from error
    Path(f"{path}-shm").unlink(missing_ok=True)
    return aside


def _free_places(path: str) -> Iterator[Path]:
    """Yield files that do not exist yet: among the backups, and where that cannot be, for temporary files."""
    from tempfile import gettempdir

    for folder in (backup_folder(path), Path(gettempdir())):
        yield next(place for number in count(1) if not (place := folder / f"rescued-{number}.db").exists())


def daily_backups(path: str) -> list[Path]:
    """Return a store's daily backups, oldest first."""
    return [backup for backup in list_backups(path) if _DAILY.fullmatch(backup.name)]


def _open_read_only(source: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True)


def _is_sound(copy: sqlite3.Connection, source: Path) -> bool:
    return read_schema_version(copy, str(source)) != 0 and copy.execute("PRAGMA quick_check").fetchone() == (
        "ok",
    )


def restore_backup(path: str, source: Path, aside: Path) -> bool:
    """Replace the store by a backup; an existing store is kept whole under `aside`.

    Raises StoreError, with nothing changed, where the backup is not a sound store of this version or older.
    """
    if not source.exists():
        raise StoreError(f"There is no backup {source}.")
    if not source.is_file():
        raise StoreError(f"{source} is no file; name a backup. Nothing was changed.")
    require_regular_file(path)
    place, fresh_place = Path(path), Path(f"{path}.partial")
    existed = place.exists()
    with translate_errors(str(source)), closing(_open_read_only(source)) as copy, _alone_with(place):
        if not _is_sound(copy, source):
            raise StoreError(f"{source} is no sound backup of a store; nothing was changed.")
        if existed:
            _set_aside(place, aside)
        place.parent.mkdir(parents=True, exist_ok=True)
        fresh_place.unlink(missing_ok=True)
        with translate_errors(path), closing(sqlite3.connect(fresh_place)) as fresh:
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


@contextmanager
def _alone_with(place: Path) -> Iterator[None]:
    """Keep everybody from opening the store within the block; raises StoreError where somebody has."""
    lock = FolderLock(str(place.parent))
    try:
        if not lock.take_alone():
            raise StoreError(
                f"{place} is in use: a sitting or another command has it open. End it and try again."
            )
        yield
    finally:
        lock.release()


def _set_aside(place: Path, aside: Path) -> None:
    """Save the existing store: as a backup where it can be read, else its files as they are."""
    if _has_foreign_log(place):
        _copy_files(place, aside)
        return
    try:
        with closing(sqlite3.connect(place)) as current:
            # Waits for another proofdeck that is just writing, and says so if it does not end.
            current.execute("BEGIN EXCLUSIVE")
            current.execute("ROLLBACK")
            copy_store(current, aside)
    except sqlite3.OperationalError as error:
        raise StoreError(f"{place} is in use by another program; end it and try again.") from error
    except (sqlite3.DatabaseError, StoreError):
        _copy_files(place, aside)


def _copy_files(place: Path, aside: Path) -> None:
    import shutil

    aside.parent.mkdir(parents=True, exist_ok=True)
    for ending in ("", "-wal"):
        if Path(f"{place}{ending}").exists():
            shutil.copyfile(f"{place}{ending}", f"{aside}{ending}")


def _has_foreign_log(place: Path) -> bool:
    ahead = Path(f"{place}-wal")
    if not (ahead.exists() and ahead.stat().st_size > 0):
        return False
    from srs.store.place.leftover_log import fits_leftover_log

    return not fits_leftover_log(str(place), copies_before_forgetting(str(place)))


def _fsync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
