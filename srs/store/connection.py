"""Open the store's file, run transactions, and translate SQLite's errors into sentences."""

# ruff: noqa: PTH110, PTH113 - pathlib costs a third of an interpreter start

from __future__ import annotations

import os
import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

from cards.errors import ERRORS_OF_DAMAGE, StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator

APPLICATION_ID = 0x50_44_43_4B
"""`PDCK`, in the file's header: no other program's database is ever written to."""

SCHEMA_VERSION = 13
"""The number of migrations there are."""

_LITTLE_ROOM = 1 << 18
"""Bytes; the write-ahead log and its index need about so many to begin with."""

_BUSY_TIMEOUT_SECONDS = 60.0
"""A sitting waits rather than ends: a build, a backup program, a virus scanner are done by then."""


def require_regular_file(path: str | os.PathLike[str]) -> None:
    """Raise StoreError for a pipe or a device, from which SQLite would read for ever, and for a folder.

    What is not there passes.
    """
    if not os.path.isfile(path) and os.path.exists(path):
        raise StoreError(f"{path} is no regular file and holds no store: move it away, or name another.")


def connect(path: str | os.PathLike[str]) -> sqlite3.Connection:
    """Return a connection that keeps what it committed through a power cut and checks foreign keys.

    Raises StoreError for what is no regular file.
    """
    require_regular_file(path)
    connection = sqlite3.connect(path, timeout=_BUSY_TIMEOUT_SECONDS, isolation_level=None)
    try:
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
    except BaseException:
        # What is no database is found out about only here.
        connection.close()
        raise
    return connection


def read_schema_version(connection: sqlite3.Connection, path: str | os.PathLike[str]) -> int:
    """Return the schema number, 0 for an empty file; raises StoreError for a newer or a foreign file."""
    number: int = connection.execute("PRAGMA user_version").fetchone()[0]
    application: int = connection.execute("PRAGMA application_id").fetchone()[0]
    if application != APPLICATION_ID:
        empty = connection.execute("SELECT count(*) = 0 FROM sqlite_master").fetchone()[0]
        if number or application or not empty:
            raise StoreError(f"{path} is a database of another program; nothing was changed.")
    if number > SCHEMA_VERSION:
        raise StoreError(
            f"{path} was written by a newer proofdeck (format {number}, this one knows {SCHEMA_VERSION}); "
            "nothing was changed. Update proofdeck to open it."
        )
    return number


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Commit what the block writes, or nothing of it; the right to write is taken at the start."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    try:
        connection.execute("COMMIT")
    except BaseException:
        # A full disk may be found out about only here.
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def write_back(connection: sqlite3.Connection) -> None:
    """Bring what the write-ahead log holds into the store's file, and empty it, unless somebody reads on.

    A log left beside the file, after a kill or a closed window, is replayed on whatever lies there then.
    """
    connection.execute("PRAGMA busy_timeout = 0")
    try:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except sqlite3.OperationalError:
        # It is on the disk; the next one to write, or to close, brings it back.
        pass
    finally:
        connection.execute(f"PRAGMA busy_timeout = {int(_BUSY_TIMEOUT_SECONDS * 1000):d}")


@contextmanager
def translate_errors(path: str | os.PathLike[str]) -> Iterator[None]:
    """Turn SQLite's exceptions in the block into StoreError with a sentence for the person."""
    try:
        yield
    except sqlite3.Error as error:
        raise StoreError(_error_sentence(error, path)) from error
    except UnicodeDecodeError as error:
        # Of the names of its tables.
        raise StoreError(_damage_sentence(path)) from error


@contextmanager
def told_damage(path: str | os.PathLike[str]) -> Iterator[None]:
    """Turn what damaged values lead to in the block into StoreError with a sentence for the person."""
    try:
        yield
    except ERRORS_OF_DAMAGE as error:
        raise StoreError(
            f"{path} holds a value that no proofdeck writes. `proofdeck doctor` says how far it is damaged, "
            "and mends it."
        ) from error


def _error_sentence(error: sqlite3.Error, path: str | os.PathLike[str]) -> str:
    code = getattr(error, "sqlite_errorcode", None)
    match code & 0xFF if code is not None else None:
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return f"Another program is writing to {path}; end it and try again. Nothing was lost."
        case sqlite3.SQLITE_FULL:
            return _full_sentence(path)
        case sqlite3.SQLITE_READONLY:
            from srs.store.place.unwritable import unwritable_sentence

            return unwritable_sentence(path)
        case sqlite3.SQLITE_CANTOPEN:
            return (
                f"{path} cannot be opened: its folder must exist and be writable. Choose another with --home."
            )
        case sqlite3.SQLITE_CORRUPT:
            return _damage_sentence(path)
        case sqlite3.SQLITE_NOTADB:
            return (
                f"{path} is not a proofdeck store, or is damaged from its first byte. "
                "`proofdeck restore` brings back a backup."
            )
        case sqlite3.SQLITE_IOERR if _is_disk_full(path):
            return _full_sentence(path)
        case sqlite3.SQLITE_IOERR:
            return (
                f"The disk failed while {path} was in use ({error}). "
                "What was saved before is safe if the disk is."
            )
        case _ if "decode to UTF-8" in str(error):
            return f"{path} holds a damaged text. `proofdeck doctor` says how far, and mends it."
        case _:
            return f"{path}: the database said: {error}."


def _full_sentence(path: str | os.PathLike[str]) -> str:
    return (
        f"The disk is full, so {path} could not take this in. "
        "What was saved before is safe; make room and go on."
    )


def _is_disk_full(path: str | os.PathLike[str]) -> bool:
    """Tell whether there is hardly any room beside a file: SQLite calls some writes there a failing disk."""
    import shutil
    from pathlib import Path

    try:
        return shutil.disk_usage(Path(path).parent).free < _LITTLE_ROOM
    except OSError:
        return False


def _damage_sentence(path: str | os.PathLike[str]) -> str:
    return (
        f"{path} is damaged. `proofdeck doctor` says how far, and saves what can be read; "
        "`proofdeck restore` brings back a backup."
    )
