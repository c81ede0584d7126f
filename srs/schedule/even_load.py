"""Even Days: a card is due on the Day with the least load within 5 % of its interval."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from cards.value import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from srs.schedule.sm2 import Schedule

_SLACK_PERCENT = 5


class DayLoad(NamedTuple):
    """What is due on a Day beside the card that is put off."""

    cards: int = 0
    has_block_sibling: bool = False
    """A card of the same block is among them: each prints the other's answer."""
    has_sibling: bool = False
    """A card of the same question is among them."""


_FREE = DayLoad()


def slack_days(interval_days: int) -> int:
    """Return by how many Days a card may be asked earlier or later than its interval says."""
    return interval_days * _SLACK_PERCENT // 100


def can_wait(due: date, interval_days: int, today: date) -> bool:
    """Tell whether a due card may wait until tomorrow and be no later than its slack."""
    return (today - due).days + 1 <= slack_days(interval_days)


def even_schedule(schedule: Schedule, loads: Mapping[date, DayLoad], most_days: int) -> Schedule:
    """Return the schedule with the card due on the best Day that its slack reaches.

    A Day without a sibling goes before one with, a card of the same block counting most; then the one with
    the least load, then the one nearest to the interval. `most_days` is the longest interval allowed.
    """
    slack = slack_days(schedule.interval_days)
    last = min(slack, most_days - schedule.interval_days)
    days = [schedule.due + timedelta(days=shift) for shift in range(-slack, last + 1)] or [schedule.due]

    def rank(day: date) -> tuple[bool, bool, int, int, date]:
        load = loads.get(day, _FREE)
        distance_days = abs((day - schedule.due).days)
        return (load.has_block_sibling, load.has_sibling, load.cards, distance_days, day)

    return due_on(schedule, min(days, key=rank))


def due_on(schedule: Schedule, day: date | None) -> Schedule:
    """Return the schedule with the card due on a Day that was chosen, where its slack reaches that.

    A log that was united with another, or that another scheduler folds, may imply another interval than the
    one that the Day was chosen for.
    """
    if day is None:
        return schedule
    shift_days = (day - schedule.due).days
    if abs(shift_days) > slack_days(schedule.interval_days):
        return schedule
    return schedule._replace(due=day, shift_days=shift_days)
