"""The decks that are learnt for a day, with what is known of their cards and of the learner."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from srs.plan.answer_time import AnswerTimes
from srs.plan.interview_day import InterviewDay, choose_day

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from srs.plan.interview_day import DayChoice, PlannedCard

USUAL_MINUTES = 10
"""The minutes a Day of a plan where none are set."""


class DeckWish(NamedTuple):
    """What is set for a deck; None for what is as for all."""

    interview: date | None = None
    minutes: int | None = None


class PlanStart(NamedTuple):
    """What was foretold when a plan was made; being on time is measured by it."""

    made_on: date
    begun: int
    """Cards that were begun then."""
    target: int
    """Cards that will be begun at the end of the introduction."""
    last_new_day: date

    def days_behind(self, today: date, begun: int) -> int:
        """Return how many Days' new cards are missing; 0 where one is on time or ahead."""
        span = (self.last_new_day - self.made_on).days + 1
        pace = (self.target - self.begun) / span
        done = min((today - self.made_on).days, span)
        return max(0, int(done - (begun - self.begun) / pace + 0.5)) if pace > 0 else 0


class DeckPlan(NamedTuple):
    """Decks that are learnt for one day."""

    guides: frozenset[str]
    interview: InterviewDay
    cards: tuple[PlannedCard, ...]
    """Those that may be asked, in the order in which they are introduced."""
    times: AnswerTimes = AnswerTimes()
    seconds_used: float = 0.0
    """By what was answered today."""
    start: PlanStart | None = None

    @property
    def begun(self) -> list[PlannedCard]:
        """The cards that were answered."""
        return [card for card in self.cards if card.schedule is not None]

    @property
    def new(self) -> list[PlannedCard]:
        """The cards that were never answered, in their order."""
        return [card for card in self.cards if card.schedule is None]

    def of(self, guide: str) -> DeckPlan:
        """Return the plan of one of its decks alone, which has all of the minutes."""
        return self._replace(
            guides=frozenset({guide}), cards=tuple(card for card in self.cards if card.guide == guide)
        )

    def choice(self, today: date, room_seconds: float | None = None) -> DayChoice:
        """Return what today holds; in so many seconds, where that is given."""
        used = self.seconds_used
        if room_seconds is not None:
            used = self.interview.minutes * 60 - room_seconds
        return choose_day(self.interview, today, self.begun, self.new, self.times, used)


class PlanGroup(NamedTuple):
    """Decks with one day, and with minutes of their own or a part of those for all."""

    guides: frozenset[str]
    day: date
    own_minutes: int | None
    deck: str | None = None
    """The one deck that has a day or minutes of its own; None for those that go by what is set for all."""


def plan_groups(wishes: dict[str, DeckWish], day: date | None, today: date) -> tuple[PlanGroup, ...]:
    """Return the decks whose day is still to come, those without a day of their own together."""
    groups = []
    shared = []
    for guide, wish in wishes.items():
        theirs = wish.interview or day
        if theirs is None or theirs <= today:
            continue
        if wish.interview is None and wish.minutes is None:
            shared.append(guide)
        else:
            groups.append(PlanGroup(frozenset({guide}), theirs, wish.minutes, guide))
    if shared and day is not None:
        groups.insert(0, PlanGroup(frozenset(shared), day, None))
    return tuple(groups)


def share_minutes(minutes: float, plans: Iterable[DeckPlan], today: date) -> list[DeckPlan]:
    """Return the plans with the minutes shared as each needs them a Day."""
    plans = list(plans)
    needs = [_need(plan, today) for plan in plans]
    whole = sum(needs)
    shares = [need / whole if whole else 1 / len(plans) for need in needs]
    return [
        plan._replace(interview=plan.interview._replace(minutes=max(0.5, minutes * share)))
        for plan, share in zip(plans, shares, strict=True)
    ]


def _need(plan: DeckPlan, today: date) -> float:
    """Return the seconds a Day that would do for all cards, each begun one looked at twice."""
    work = len(plan.new) * plan.times.new_seconds + 2 * len(plan.cards) * plan.times.review_seconds
    return work / max(1, plan.interview.days_left(today))
