"""One sitting as a state machine: each step takes a session and returns the next."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

from srs.review.log import Act, EntryId

if TYPE_CHECKING:
    from srs.review.agenda import Agenda, WaitingCard
    from srs.schedule.sm2 import Grade

DRILL_DISTANCE = 5
"""How many other cards come before a card graded below 4 is asked again, where there are as many."""


class QueuedCard(NamedTuple):
    """A card in the queue, and what answering it will be."""

    waiting: WaitingCard
    act: Act


class SittingStep(NamedTuple):
    """One thing done in the sitting, as undo needs it."""

    entry: EntryId
    asking: QueuedCard
    act: Act
    """What was logged: the kind of answer, or suspend, bury, flag."""
    grade: Grade | None
    took_ms: int


@dataclass(frozen=True, slots=True)
class SittingState:
    """Where a sitting stands."""

    queue: tuple[QueuedCard, ...]
    """What is still to ask, the current card first."""
    steps: tuple[SittingStep, ...] = ()
    """What was done, oldest first."""
    total: int = 0
    """Cards that this sitting is about, those done included."""
    before: SittingState | None = field(default=None, repr=False, compare=False)
    """The session before the last step."""

    @property
    def current(self) -> QueuedCard | None:
        """The card being asked; None when the sitting is over."""
        return self.queue[0] if self.queue else None

    @property
    def settled(self) -> int:
        """How many of the sitting's cards are done with."""
        return self.total - len({asking.waiting.card for asking in self.queue})

    @property
    def again(self) -> int:
        """How many cards come back because their grade was below 4."""
        return sum(asking.act is Act.DRILL for asking in self.queue)


def begin_sitting(agenda: Agenda, *, limit: int | None = None) -> SittingState:
    """Return a sitting over an agenda, cut to a number of cards; drills from earlier today come first."""
    queue = [QueuedCard(waiting, Act.DRILL) for waiting in agenda.drills]
    queue += [QueuedCard(waiting, Act.REVIEW) for waiting in (*agenda.due, *agenda.new)]
    return _new_state(queue[:limit])


def begin_cram(cards: tuple[WaitingCard, ...], *, limit: int | None = None) -> SittingState:
    """Return a sitting over any cards that is logged and changes no schedule."""
    return _new_state([QueuedCard(waiting, Act.CRAM) for waiting in cards[:limit]])


def _new_state(queue: list[QueuedCard]) -> SittingState:
    return SittingState(tuple(queue), total=len(queue))


def record_grade(session: SittingState, grade: Grade, entry: EntryId, took_ms: int = 0) -> SittingState:
    """Return the sitting after an answer: graded below 4 the card comes back, else it is done with."""
    asking, *rest = session.queue
    step = SittingStep(entry, asking, asking.act, grade, took_ms)
    if not grade.settled:
        again = QueuedCard(asking.waiting, Act.CRAM if asking.act is Act.CRAM else Act.DRILL)
        rest.insert(_return_position(rest, again), again)
    return replace(session, queue=tuple(rest), steps=(*session.steps, step), before=session)


def _return_position(rest: list[QueuedCard], again: QueuedCard) -> int:
    """Return where a card comes back: after enough others, and not beside a sibling if that can be had."""
    for place in range(DRILL_DISTANCE, min(len(rest), 2 * DRILL_DISTANCE)):
        if again.waiting.sibling_key not in {
            rest[place - 1].waiting.sibling_key,
            rest[place].waiting.sibling_key,
        }:
            return place
    return min(DRILL_DISTANCE, len(rest))


def remove_current(session: SittingState, act: Act, entry: EntryId) -> SittingState:
    """Return the sitting after the current card was suspended or buried: it is not asked any more."""
    asking, *rest = session.queue
    left = tuple(other for other in rest if other.waiting.card != asking.waiting.card)
    return replace(
        session,
        queue=left,
        steps=(*session.steps, SittingStep(entry, asking, act, None, 0)),
        before=session,
    )


def record_flag(session: SittingState, act: Act, entry: EntryId) -> SittingState:
    """Return the sitting after a flag: the current card stays."""
    step = SittingStep(entry, session.queue[0], act, None, 0)
    return replace(session, steps=(*session.steps, step), before=session)


def skip_current(session: SittingState) -> SittingState:
    """Return the sitting without its current card, which was answered elsewhere; nothing to undo."""
    asking, *rest = session.queue
    still_there = any(other.waiting.card == asking.waiting.card for other in rest)
    return replace(session, queue=tuple(rest), total=session.total - (not still_there))


def step_back(session: SittingState) -> tuple[SittingState, SittingStep] | None:
    """Return the sitting before its last step, and that step; None where nothing was done yet."""
    if session.before is None:
        return None
    return session.before, session.steps[-1]


def bring_back(session: SittingState, waiting: WaitingCard, act: Act) -> SittingState:
    """Return the sitting with a card of an earlier sitting in front, whose answer was just undone."""
    others = tuple(asking for asking in session.queue if asking.waiting.card != waiting.card)
    grown = len(others) + 1 - len(session.queue)
    return replace(session, queue=(QueuedCard(waiting, act), *others), total=session.total + grown)


class SittingTotals(NamedTuple):
    """What a sitting came to."""

    cards: int
    """Different cards answered."""
    new: int
    answers: int
    """Drills included."""
    recalled: int
    """Of the first answers to due cards, those graded 3 or more."""
    reviews: int
    """First answers to due cards."""
    took_ms: int


def sitting_totals(session: SittingState) -> SittingTotals:
    """Return what a sitting came to so far."""
    answers = [step for step in session.steps if step.grade is not None]
    reviews = [step for step in answers if step.act is Act.REVIEW and step.asking.waiting.due is not None]
    return SittingTotals(
        cards=len({step.asking.waiting.card for step in answers}),
        new=sum(step.act is Act.REVIEW and step.asking.waiting.due is None for step in answers),
        answers=len(answers),
        recalled=sum(step.grade.recalled for step in reviews if step.grade is not None),
        reviews=len(reviews),
        took_ms=sum(step.took_ms for step in answers),
    )
