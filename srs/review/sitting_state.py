"""One sitting as a state machine: each step takes a state and returns the next."""

from __future__ import annotations

from dataclasses import field, replace
from typing import TYPE_CHECKING

from cards.value import NamedTuple, value
from srs.review.log import Act, EntryId

if TYPE_CHECKING:
    from collections.abc import Iterable

    from srs.review.agenda import Agenda, WaitingCard
    from srs.schedule.sm2 import Grade

DRILL_DISTANCE = 5
"""How many other cards come before a card graded below 4 is asked again, where there are as many."""


class QueuedCard(NamedTuple):
    """A card in the queue, and the act that answering it will log."""

    waiting: WaitingCard
    act: Act


class SittingStep(NamedTuple):
    """One thing done in the sitting, as undo needs it."""

    entry: EntryId
    queued: QueuedCard
    act: Act
    """What was logged: the kind of answer, or suspend, bury, flag."""
    grade: Grade | None
    took_ms: int


@value
class SittingState:
    """Immutable state of a sitting: the cards left to ask, and the steps done."""

    queue: tuple[QueuedCard, ...]
    """What is still to ask, the current card first."""
    steps: tuple[SittingStep, ...] = ()
    """What was done, oldest first."""
    total: int = 0
    """Cards that this sitting is about, those done included."""
    previous: SittingState | None = field(default=None, repr=False, compare=False)
    """The state before the last step."""

    @property
    def current(self) -> QueuedCard | None:
        """The card being asked; None when the sitting is over."""
        return self.queue[0] if self.queue else None

    @property
    def settled(self) -> int:
        """How many of the sitting's cards are done with."""
        return self.total - len({queued.waiting.card for queued in self.queue})

    @property
    def drills_left(self) -> int:
        """How many cards come back because their grade was below 4."""
        return sum(queued.act is Act.DRILL for queued in self.queue)


def begin_sitting(
    agenda: Agenda, *, first: Iterable[WaitingCard] = (), limit: int | None = None
) -> SittingState:
    """Return a sitting over an agenda, cut to a number of cards; drills from earlier today come first.

    The cards of `first` come before them all: new ones in the place of other new ones, and what the agenda
    does not hold as due is crammed, so that no schedule changes.
    """
    ahead = _queue_ahead(agenda, first)
    asked = {queued.waiting.card for queued in ahead}
    new = [waiting for waiting in agenda.new if waiting.card not in asked]
    kept_new = len(agenda.new) - sum(queued.waiting.due is None for queued in ahead)
    queue = [*ahead, *(QueuedCard(waiting, Act.DRILL) for waiting in agenda.drills)]
    queue += [
        QueuedCard(waiting, Act.REVIEW)
        for waiting in (*agenda.due, *new[:kept_new])
        if waiting.card not in asked
    ]
    return _new_state(queue[:limit])


def bring_forward(state: SittingState, place: int) -> SittingState:
    """Return the sitting with the card at a place of the queue in front."""
    queue = list(state.queue)
    queue.insert(0, queue.pop(place))
    return replace(state, queue=tuple(queue))


def add_card(state: SittingState, queued: QueuedCard) -> SittingState:
    """Return the sitting with one more card at its end."""
    return replace(state, queue=(*state.queue, queued), total=state.total + 1)


def _queue_ahead(agenda: Agenda, first: Iterable[WaitingCard]) -> list[QueuedCard]:
    """Return what is asked before the agenda, with no more new cards than the agenda has."""
    due = {waiting.card for waiting in agenda.due}
    done = {waiting.card for waiting in agenda.drills}
    ahead: list[QueuedCard] = []
    new_left = len(agenda.new)
    for waiting in first:
        is_new = waiting.due is None
        if waiting.card in done or (is_new and not new_left):
            continue
        new_left -= is_new
        act = Act.REVIEW if is_new or waiting.card in due else Act.CRAM
        ahead.append(QueuedCard(waiting, act))
    return ahead


def begin_cram(cards: tuple[WaitingCard, ...], *, limit: int | None = None) -> SittingState:
    """Return a sitting over any cards that is logged and changes no schedule."""
    return _new_state([QueuedCard(waiting, Act.CRAM) for waiting in cards[:limit]])


def _new_state(queue: list[QueuedCard]) -> SittingState:
    return SittingState(tuple(queue), total=len(queue))


def record_grade(state: SittingState, grade: Grade, entry: EntryId, took_ms: int = 0) -> SittingState:
    """Return the state after the current card was graded; below 4 the card comes back later."""
    queued, *rest = state.queue
    step = SittingStep(entry, queued, queued.act, grade, took_ms)
    if not grade.settled:
        returning = QueuedCard(queued.waiting, Act.CRAM if queued.act is Act.CRAM else Act.DRILL)
        rest.insert(_return_position(rest, returning), returning)
    return replace(state, queue=tuple(rest), steps=(*state.steps, step), previous=state)


def _return_position(rest: list[QueuedCard], returning: QueuedCard) -> int:
    """Return the position where a card comes back: after enough others, if possible apart from siblings."""
    for place in range(DRILL_DISTANCE, min(len(rest), 2 * DRILL_DISTANCE)):
        if returning.waiting.sibling_key not in {
            rest[place - 1].waiting.sibling_key,
            rest[place].waiting.sibling_key,
        }:
            return place
    return min(DRILL_DISTANCE, len(rest))


def remove_current(state: SittingState, act: Act, entry: EntryId) -> SittingState:
    """Return the sitting after the current card was suspended or buried: it is not asked any more."""
    queued, *rest = state.queue
    left = tuple(other for other in rest if other.waiting.card != queued.waiting.card)
    return replace(
        state,
        queue=left,
        steps=(*state.steps, SittingStep(entry, queued, act, None, 0)),
        previous=state,
    )


def record_flag(state: SittingState, act: Act, entry: EntryId) -> SittingState:
    """Return the state after the current card was flagged; it stays current."""
    step = SittingStep(entry, state.queue[0], act, None, 0)
    return replace(state, steps=(*state.steps, step), previous=state)


def skip_current(state: SittingState) -> SittingState:
    """Return the sitting without its current card, which was answered elsewhere; nothing to undo."""
    queued, *rest = state.queue
    still_there = any(other.waiting.card == queued.waiting.card for other in rest)
    return replace(state, queue=tuple(rest), total=state.total - (not still_there))


def step_back(state: SittingState) -> tuple[SittingState, SittingStep] | None:
    """Return the sitting before its last step, and that step; None where nothing was done yet."""
    if state.previous is None:
        return None
    return state.previous, state.steps[-1]


def bring_back(state: SittingState, waiting: WaitingCard, act: Act) -> SittingState:
    """Return the sitting with a card of an earlier sitting in front, whose answer was just undone."""
    others = tuple(queued for queued in state.queue if queued.waiting.card != waiting.card)
    grown = len(others) + 1 - len(state.queue)
    return replace(state, queue=(QueuedCard(waiting, act), *others), total=state.total + grown)
