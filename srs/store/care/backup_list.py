"""What each backup of a store holds, read without changing it."""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_FIGURES = """
SELECT
    (SELECT count(*) FROM card),
    count(*),
    max(day)
FROM log
WHERE grade IS NOT NULL AND undone_at IS NULL
"""


@dataclass(frozen=True, slots=True)
class BackupFigures:
    """A backup, and how much is in it."""

    path: Path
    made_at: datetime
    """When its file was written last, in local time."""
    size_bytes: int
    cards: int | None
    """None where the file is no sound store."""
    answers: int | None
    last_answer: str | None
    """The Day of the last answer."""


def backup_figures(path: Path) -> BackupFigures:
    """Return what a backup holds; raises OSError where the file cannot be looked at."""
    status = path.stat()
    cards, answers, last = _counts(path)
    made_at = datetime.fromtimestamp(status.st_mtime, UTC).astimezone()
    return BackupFigures(path, made_at, status.st_size, cards, answers, last)


def backup_record(figures: BackupFigures) -> dict[str, object]:
    """Return a backup as JSON has it."""
    return {
        "name": figures.path.name,
        "path": str(figures.path),
        "made_at": figures.made_at.isoformat(),
        "bytes": figures.size_bytes,
        "cards": figures.cards,
        "answers": figures.answers,
        "last_answer": figures.last_answer,
    }


def _counts(path: Path) -> tuple[int | None, int | None, str | None]:
    with suppress(sqlite3.Error, UnicodeDecodeError):
        # Immutable: not even a file beside it is made.
        address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
        with closing(sqlite3.connect(address, uri=True)) as store:
            cards, answers, last = store.execute(_FIGURES).fetchone()
            return cards, answers, last
    return None, None, None
