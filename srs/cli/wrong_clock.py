"""Answers dated in the future: a sign that the clock is wrong, or was."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from srs.store.store import Store


def find_future_day(store: Store, today: date) -> date | None:
    """Return the log's last Day if only a wrong clock can have dated it."""
    last = store.log.last_day()
    # One day ahead is a flight to the west.
    return last if last is not None and last > today + timedelta(days=1) else None
