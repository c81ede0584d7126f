"""Read a store that lies where nothing can be written: on a medium, a read-only mount, in another's folder.

SQLite makes files of its own beside a store, also to read it, unless it is told that nothing changes.
"""

# ruff: noqa: PTH120, PTH202 - pathlib costs a third of an interpreter start

from __future__ import annotations

import os
import sqlite3
from contextlib import suppress

from cards.errors import StoreError

_REFUSALS = frozenset({sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM})


def may_write(path: str) -> bool:
    """Tell whether both the file at a path and its folder may be written."""
    place = os.path.realpath(path)
    return os.access(place, os.W_OK) and os.access(os.path.dirname(place), os.W_OK)


def refuse_unwritable(path: str) -> None:
    """Raise StoreError where there is a store that can only be read."""
    if os.path.exists(path) and not may_write(path):  # noqa: PTH110
        raise StoreError(unwritable_sentence(path))


def unwritable_sentence(path: str | os.PathLike[str]) -> str:
    """Return what to tell a person whose command would write."""
    return (
        f"{os.fspath(path)} cannot be written, it or its folder may only be read: allow writing to both, or "
        "copy it to another folder and choose that with --home."
    )


def old_format_sentence(path: str) -> str:
    """Return what to tell a person whose store would have to be brought up to date first."""
    return (
        f"{path} was written by an older proofdeck and cannot be brought up to date here, for it or its "
        "folder may only be read: copy it to a folder that may be written, and choose that with --home."
    )


def read_only_uri(path: str) -> str:
    """Return the address under which SQLite opens a file without making or changing it."""
    quoted = path.replace("%", "%25").replace("?", "%3f").replace("#", "%23")
    return f"file:{quoted}?mode=ro"


def frozen_uri(path: str) -> str:
    """Return the address under which SQLite reads a file as one that nobody changes, without its log."""
    return f"{read_only_uri(path)}&immutable=1"


def has_unapplied_log(path: str) -> bool:
    """Tell whether a write-ahead log with something in it lies beside the store."""
    with suppress(OSError):
        return os.path.getsize(f"{os.path.realpath(path)}-wal") > 0
    return False


def connect_frozen(path: str, refusal: sqlite3.Error) -> sqlite3.Connection | None:
    """Return a connection that only reads, after SQLite refused another; None where that was not the reason.

    Raises StoreError where a write-ahead log would have to be brought in first.
    """
    code = getattr(refusal, "sqlite_errorcode", None)
    if code is None or code & 0xFF not in _REFUSALS or not os.path.isfile(path):  # noqa: PTH113
        return None
    if has_unapplied_log(path):
        raise StoreError(
            f"{path} cannot be read here, for {path}-wal holds what is not in it yet, and nothing can be "
            "written: copy both to a folder that may be written, and choose that with --home."
        )
    connection = sqlite3.connect(frozen_uri(path), uri=True, isolation_level=None)
    try:
        connection.execute("PRAGMA schema_version")
    except sqlite3.Error:
        connection.close()
        return None
    return connection
