"""Foretell the Days until an interview: what each asks, and what is known at the end.

The learner is simulated with FSRS-6's published model of memory, so all numbers are estimates.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from srs.plan.interview_day import choose_day
from srs.schedule.memory_model import draw_grade, memory_after

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date
    from random import Random

    from srs.plan.answer_time import AnswerTimes
    from srs.plan.interview_day import InterviewDay, PlannedCard
    from srs.schedule.sm2 import Scheduler


class ForecastDay(NamedTuple):
    """What a Day will ask."""

    day: date
    new: int
    again: int
    minutes: float
    is_last_looks: bool
    known: float = 0.0
    """The share of all cards that is recalled on the day of the interview if this Day is the last one."""


class Forecast(NamedTuple):
    """The Days until an interview, and every card as it will stand on the day."""

    days: tuple[ForecastDay, ...]
    cards: tuple[PlannedCard, ...]
    interview: InterviewDay

    @property
    def recall(self) -> float:
        """The share of all cards that is recalled on the day, weighted; one never begun is unknown."""
        return weighted_recall(self.cards, self.interview.day)

    @property
    def left_out(self) -> tuple[PlannedCard, ...]:
        """The cards that are never begun."""
        return tuple(card for card in self.cards if card.schedule is None)

    @property
    def last_new_day(self) -> date | None:
        """The Day on which the last new card is begun; None where none is."""
        return max((each.day for each in self.days if each.new), default=None)


def weighted_recall(cards: Iterable[PlannedCard], day: date) -> float:
    """Return the share of the cards that is recalled on a Day, weighted; 0 for no cards."""
    cards = tuple(cards)
    whole = sum(card.weight for card in cards)
    return sum(card.weight * card.recall_on(day) for card in cards) / whole if whole else 0.0


def forecast(
    interview: InterviewDay,
    today: date,
    cards: Sequence[PlannedCard],
    times: AnswerTimes,
    scheduler: Scheduler,
    random: Random,
    seconds_used: float = 0.0,
) -> Forecast:
    """Return the Days from today until the interview; `cards` in the order in which they are introduced."""
    state = {card.card: card for card in cards}
    whole = sum(card.weight for card in cards) or 1
    known = sum(card.weight * card.recall_on(interview.day) for card in cards)
    days = []
    for number in range(max(0, interview.days_left(today))):
        day = today + timedelta(days=number)
        begun = [card for card in state.values() if card.schedule is not None]
        new = [card for card in state.values() if card.schedule is None]
        choice = choose_day(interview, day, begun, new, times, 0.0 if number else seconds_used)
        for name in (*choice.again, *choice.new):
            before = state[name]
            after = state[name] = _answered(before, day, scheduler, random)
            known += after.weight * (after.recall_on(interview.day) - before.recall_on(interview.day))
        seconds = len(choice.new) * times.new_seconds + len(choice.again) * times.review_seconds
        numbers = len(choice.new), len(choice.again)
        days.append(ForecastDay(day, *numbers, seconds / 60, choice.is_last_looks, known / whole))
    return Forecast(tuple(days), tuple(state.values()), interview)


def _answered(card: PlannedCard, day: date, scheduler: Scheduler, random: Random) -> PlannedCard:
    elapsed = (day - card.schedule.answered_on).days if card.schedule else 0
    grade = draw_grade(card.memory, elapsed, random)
    return card._replace(
        schedule=scheduler(card.schedule, grade, day), memory=memory_after(card.memory, grade, elapsed)
    )
