"""What was tried of a guide's coding tasks."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from srs.schedule.day import to_timestamp
from srs.store.store_file import StoreFile

if TYPE_CHECKING:
    from datetime import datetime


class TaskHistory(NamedTuple):
    """What the log of attempts says of one task."""

    attempts: int
    last: date
    """The Day of the last one."""
    done: date | None
    """The Day of the last one that was right."""


class AttemptStore(StoreFile):
    """Logs attempts at coding tasks. Nothing is scheduled by them."""

    def attempt(self, guide: str, task: str, *, at: datetime, right: bool) -> None:
        """Log one attempt that was graded."""
        day = self.preferences.day(at)
        with self._write_transaction():
            self.connection.execute(
                "INSERT INTO attempt (guide, task, at, day, is_right) VALUES (?, ?, ?, ?, ?)",
                (guide, task, to_timestamp(at), day.isoformat(), int(right)),
            )

    def task_histories(self) -> dict[tuple[str, str], TaskHistory]:
        """Return what was tried, by guide and task."""
        rows = self._rows(
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
