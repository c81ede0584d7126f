"""How likely a card is recalled today, by the published model of memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

from srs.review.log import Act
from srs.schedule.memory_model import memory_after, recall_chance

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from srs.review.log import LogEntry
    from srs.schedule.sm2 import FsrsMemory

UNKNOWN = 0.5
"""Taken for a card that was never answered: nobody has seen whether it is known."""


def recall_today(entries: Iterable[LogEntry], today: date) -> float:
    """Return how likely a card with this log, oldest first, is recalled today."""
    memory: FsrsMemory | None = None
    last: date | None = None
    for entry in entries:
        if entry.undone_at is not None or entry.act is not Act.REVIEW or entry.grade is None:
            continue
        if last is None or entry.day > last:
            memory = memory_after(memory, entry.grade, (entry.day - last).days if last else 0)
            last = entry.day
    if memory is None or last is None:
        return UNKNOWN
    return recall_chance(memory, max(0, (today - last).days))
