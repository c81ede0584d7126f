"""Log of attempts at coding tasks."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from srs.schedule.day import to_timestamp

if TYPE_CHECKING:
    from datetime import datetime

    from srs.store.store_file import StoreFile


class TaskHistory(NamedTuple):
    """Attempts at one task: how many, the Day of the last one and of the last right one."""

    attempts: int
    last: date
    """The Day of the last one."""
    done: date | None
    """The Day of the last one that was right."""


class AttemptStore:
    """Logs attempts at coding tasks, which schedule nothing."""

    def __init__(self, file: StoreFile) -> None:
        """Log into an open store's file."""
        self._file = file

    def record(self, guide: str, task: str, *, at: datetime, right: bool) -> None:
        """Log one attempt that was judged."""
        day = self._file.preferences.day(at)
        with self._file.write_transaction() as connection:
            connection.execute(
                "INSERT INTO attempt (guide, task, at, day, is_right) VALUES (?, ?, ?, ?, ?)",
                (guide, task, to_timestamp(at), day.isoformat(), int(right)),
            )

    def histories(self) -> dict[tuple[str, str], TaskHistory]:
        """Return the history of every task that was tried, by guide and task."""
        rows = self._file.rows(
            """
            SELECT guide, task, count(*), max(day), max(CASE WHEN is_right = 1 THEN day END)
            FROM attempt GROUP BY guide, task
            """
        )
        return {
            (guide, task): TaskHistory(
                count, date.fromisoformat(last), date.fromisoformat(done) if done else None
            )
            for guide, task, count, last, done in rows
        }
