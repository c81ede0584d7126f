"""A write-ahead log that was left beside a store: does it belong to the file that lies there now?

SQLite replays whatever bears the right name. Where another copy was put in the store's place, by a person or
by a program that keeps folders in step, that mixes two databases.
"""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def fits_leftover_log(path: str, kept: Iterable[Path] = ()) -> bool:
    """Tell whether the store and its write-ahead log make one sound database that keeps what the store has.

    Works on copies; nobody else may have the store open. True also where the store itself is damaged: that
    is not the write-ahead log's doing. True too where one of `kept` holds just the answers of the store:
    those are copies made before a deck was forgotten, the one thing that shortens the log.
    """
    with TemporaryDirectory(prefix="proofdeck-") as folder:
        alone, together = Path(folder, "alone.db"), Path(folder, "together.db")
        shutil.copyfile(path, alone)
        shutil.copyfile(path, together)
        shutil.copyfile(f"{path}-wal", f"{together}-wal")
        before, after = _sound_log(alone), _sound_log(together)
    if before is None or after is None:
        return before is None
    return before <= after or any(_sound_log(copy) == before for copy in kept)


def _sound_log(path: Path) -> frozenset[str] | None:
    """Return the ids of a store's log; None where the file is not sound."""
    try:
        with closing(sqlite3.connect(path)) as connection:
            if connection.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                return None
            if connection.execute("PRAGMA foreign_key_check").fetchone() is not None:
                return None
            return frozenset(entry for (entry,) in connection.execute("SELECT id FROM log"))
    except sqlite3.Error:
        return None
