"""SM-2 as published: what an answer does to a card's schedule.

Source: P. A. Wozniak, Optimization of learning, Master's thesis, 1990, chapter 3.2. The author's own Delphi
listing differs (it rounds half to even and lowers the ease factor on a failure too); the text decides here.
"""

from __future__ import annotations

from datetime import date, timedelta
from enum import IntEnum
from typing import TYPE_CHECKING, NewType, TypeAlias

from cards.value import NamedTuple
from srs.schedule.day import days_later

if TYPE_CHECKING:
    from collections.abc import Callable


class Grade(IntEnum):
    """How well a card was recalled."""

    BLACKOUT = 0
    """Nothing came, and the answer does not look familiar."""
    WRONG = 1
    """Wrong, but the answer felt familiar once seen."""
    NEARLY = 2
    """Wrong, but it seemed easy to recall once seen."""
    HARD = 3
    """Right, with serious difficulty."""
    GOOD = 4
    """Right, after a hesitation."""
    PERFECT = 5
    """Right at once."""

    @property
    def recalled(self) -> bool:
        """Whether the answer was right."""
        return self >= Grade.HARD

    @property
    def settled(self) -> bool:
        """Whether the card need not come back today."""
        return self >= Grade.GOOD


EaseFactor = NewType("EaseFactor", int)
"""How much longer the next interval is, in hundredths: every step of the formula is a whole hundredth."""

STARTING_EASE = EaseFactor(250)
LOWEST_EASE = EaseFactor(130)

# 0.1 - (5-q) * (0.08 + (5-q) * 0.02) for q = 3, 4, 5. A failure leaves the ease factor alone.
_EASE_STEP = {Grade.HARD: -14, Grade.GOOD: 0, Grade.PERFECT: 10}

LONGEST_INTERVAL_DAYS = 36_500
"""A hundred years: beyond it a date could leave the calendar, and nobody's memory is concerned."""


# Named tuples, here as in the log: `undo` loads them, and making a dataclass takes three times as long.
class FsrsMemory(NamedTuple):
    """FSRS's estimate of how well a card is remembered; SM-2 has none."""

    stability_days: float
    difficulty: float


class Schedule(NamedTuple):
    """When a card is asked again. A new card has no schedule."""

    repetitions: int
    """Right answers in a row."""
    interval_days: int
    """At least 1."""
    ease_factor: EaseFactor
    due: date
    """The Day on which it is asked again."""
    lapses: int = 0
    """How often an answer was wrong after one had been right."""
    memory: FsrsMemory | None = None
    shift_days: int = 0
    """By how many Days it is due later than the interval says, so that Days are even; below 0 earlier."""

    @property
    def wait_days(self) -> int:
        """The Days from the answer to the one on which it is due."""
        return self.interval_days + self.shift_days

    @property
    def answered_on(self) -> date:
        """The Day of the answer that made this schedule."""
        return self.due - timedelta(days=self.wait_days)


Scheduler: TypeAlias = "Callable[[Schedule | None, Grade, date], Schedule]"
"""What an answer does to a schedule; pure."""


def sm2_schedule(schedule: Schedule | None, grade: Grade, today: date) -> Schedule:
    """Return the schedule after an answer, by SM-2 as published.

    The interval uses the ease factor from before this answer, and a fraction of a day is rounded up.
    """
    repetitions = schedule.repetitions if schedule else 0
    ease_factor = schedule.ease_factor if schedule else STARTING_EASE
    lapses = schedule.lapses if schedule else 0
    if not grade.recalled:
        return Schedule(0, 1, ease_factor, days_later(today, 1), lapses + (repetitions > 0))
    if repetitions == 0 or schedule is None:
        interval_days = 1
    elif repetitions == 1:
        interval_days = 6
    else:
        interval_days = min(-(-schedule.interval_days * ease_factor // 100), LONGEST_INTERVAL_DAYS)
    eased = EaseFactor(max(LOWEST_EASE, ease_factor + _EASE_STEP[grade]))
    return Schedule(repetitions + 1, interval_days, eased, days_later(today, interval_days), lapses)


def preview_grades(
    schedule: Schedule | None, today: date, scheduler: Scheduler = sm2_schedule
) -> dict[Grade, Schedule]:
    """Return the schedule that each grade would lead to."""
    return {grade: scheduler(schedule, grade, today) for grade in Grade}


def limit_intervals(scheduler: Scheduler, most_days: int) -> Scheduler:
    """Return the scheduler with its intervals cut to a number of days."""

    def answer_within(schedule: Schedule | None, grade: Grade, today: date) -> Schedule:
        free = scheduler(schedule, grade, today)
        if free.interval_days <= most_days:
            return free
        return free._replace(interval_days=most_days, due=days_later(today, most_days))

    return answer_within


LEECH_LAPSES = 8
LEECH_REPEAT_LAPSES = 4


def is_leech(lapses: int) -> bool:
    """Tell whether a card with so many lapses has cost enough to be rewritten."""
    return lapses >= LEECH_LAPSES


def becomes_leech(before: int, after: int) -> bool:
    """Tell whether a lapse is the 8th, or every 4th after it (Anki's rule)."""
    return after > before and after >= LEECH_LAPSES and (after - LEECH_LAPSES) % LEECH_REPEAT_LAPSES == 0
