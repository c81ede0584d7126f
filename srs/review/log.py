"""The review log: acts on a card, and the standing that follows from them.

The log is the truth. A schedule, a suspension, a flag are what is left when a card's log is folded, so an
undo is a mark on an entry, and two machines' logs unite to one.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NewType

from cards.value import NamedTuple
from srs.schedule.even_load import due_on
from srs.schedule.sm2 import Grade, Schedule, Scheduler
from srs.schedule.sm2 import sm2_schedule as sm2

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from cards.card.card import CardId

EntryId = NewType("EntryId", str)
"""Unique over all machines."""

ANKI_ID_PREFIX = "anki-"
"""How the ids of entries begin that were read from a file of Anki's."""


class Act(StrEnum):
    """An act on a card: an answer, suspending, burying or flagging it, or a question of an interview."""

    REVIEW = "review"
    """Answered when due or new: the one act that moves the schedule."""
    DRILL = "drill"
    """Answered again on the same Day, after a grade below 4."""
    CRAM = "cram"
    """Answered out of turn, on request."""
    SUSPEND = "suspend"
    RESUME = "resume"
    BURY = "bury"
    """Put off until a Day."""
    FLAG = "flag"
    """Marked to be mended, with a note."""
    UNFLAG = "unflag"
    INTERVIEW = "interview"
    """Asked about in a mock interview; the note holds what was said (`srs.interview.interview_note`)."""

    @property
    def is_answer(self) -> bool:
        """Whether the act carries a grade."""
        return self in {Act.REVIEW, Act.DRILL, Act.CRAM}


class LogEntry(NamedTuple):
    """One line of the log."""

    id: EntryId
    card: CardId
    act: Act
    at: str
    """The moment in UTC, as text that sorts (`srs.schedule.day.to_timestamp`)."""
    day: date
    grade: Grade | None = None
    took_ms: int | None = None
    """From the question's appearance to the grade."""
    note: str | None = None
    """The text of a flag, or what was said in an interview."""
    until: date | None = None
    """The Day on which a buried card comes back."""
    cause: EntryId | None = None
    """The entry that brought this one with it, and takes it along when undone."""
    undone_at: str | None = None
    due_on: date | None = None
    """The Day that a review chose for the next one, so that Days are even; None for the interval's own."""


class Standing(NamedTuple):
    """State of a card as its log implies it: schedule, suspension, burying, flag."""

    schedule: Schedule | None = None
    """None for a card that was never answered."""
    suspended: bool = False
    buried_until: date | None = None
    flag: str | None = None


NEW_STANDING = Standing()


def schedule_after(schedule: Schedule | None, entry: LogEntry, scheduler: Scheduler) -> Schedule:
    """Return the schedule after a review: as the scheduler says, on the Day that was chosen for it."""
    if entry.grade is None:
        raise ValueError(f"review {entry.id} has no grade")
    return due_on(scheduler(schedule, entry.grade, entry.day), entry.due_on)


def fold_log(entries: Iterable[LogEntry], scheduler: Scheduler = sm2) -> Standing:
    """Compute a card's standing from its log entries, oldest first; undone entries are ignored.

    A second review on one Day is drill, however it got into the log (two machines, a wrong clock): no Day
    is counted twice.
    """
    schedule: Schedule | None = None
    suspended, buried_until, flag = False, None, None
    for entry in entries:
        if entry.undone_at is not None:
            continue
        match entry.act:
            case Act.REVIEW:
                if schedule is None or entry.day != schedule.answered_on:
                    schedule = schedule_after(schedule, entry, scheduler)
            case Act.SUSPEND:
                suspended = True
            case Act.RESUME:
                suspended = False
            case Act.BURY:
                buried_until = entry.until
            case Act.FLAG:
                flag = entry.note or ""
            case Act.UNFLAG:
                flag = None
            case Act.DRILL | Act.CRAM | Act.INTERVIEW:
                pass
    return Standing(schedule, suspended, buried_until, flag)
