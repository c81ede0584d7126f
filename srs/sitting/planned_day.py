"""Choose what a Day with minutes holds: by the plans of the decks that are learnt for an interview."""

from __future__ import annotations

from collections import Counter, deque
from typing import TYPE_CHECKING, NamedTuple

from srs.plan.deck_plan import USUAL_MINUTES, plan_groups, share_minutes
from srs.plan.interview_day import InterviewDay, one_of_each_block
from srs.review.agenda import SIBLING_DISTANCE, Agenda, WaitingCard, spread_siblings
from srs.review.preferences import EvenLoad
from srs.sitting.day_budget import BudgetPart, DayBudget
from srs.store.plan.plan_reader import PlanReader

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from srs.plan.deck_plan import DeckPlan, DeckWish, PlanGroup
    from srs.plan.interview_day import PlannedCard
    from srs.sitting.wanted import Wanted
    from srs.store.store import Store


def deck_plans(
    store: Store, today: date, guide: str | None = None, tag: str | None = None
) -> tuple[DeckPlan, ...]:
    """Return the plans of the decks whose interview is still to come, each with its minutes."""
    preferences = store.preferences
    wishes = PlanReader(store).wishes()
    groups = plan_groups(wishes, preferences.interview, today)
    plans = [(group, _read_plan(store, group, today, tag)) for group in groups]
    pooled = [plan for group, plan in plans if group.own_minutes is None]
    planned = {guide for plan in pooled for guide in plan.guides}
    others = _undated(wishes, groups) if preferences.minutes_a_day else []
    minutes = (preferences.minutes_a_day or USUAL_MINUTES) * len(planned) / max(1, len(planned) + len(others))
    shared = share_minutes(minutes, pooled, today) if pooled else []
    own = [plan for group, plan in plans if group.own_minutes is not None]
    found = (*shared, *own)
    return found if guide is None else tuple(plan.of(guide) for plan in found if guide in plan.guides)


def supposed_plan(
    store: Store, today: date, day: date, minutes: int | None, guide: str | None = None
) -> DeckPlan:
    """Return the plan that all decks, or one, would have if they were learnt for a day; nothing is set.

    Without minutes of their own they have those that are set for all.
    """
    guides = [each for each in PlanReader(store).wishes() if guide in {None, each}]
    a_day = minutes or store.preferences.minutes_a_day or USUAL_MINUTES
    is_even = store.preferences.even_load is not EvenLoad.OFF
    return PlanReader(store).deck_plan(guides, InterviewDay(day, a_day, is_even), today)


def _undated(wishes: Mapping[str, DeckWish], groups: Iterable[PlanGroup]) -> list[str]:
    """Return the decks that are learnt for no day and have no minutes of their own."""
    planned = {guide for group in groups for guide in group.guides}
    return [guide for guide, wish in wishes.items() if guide not in planned and wish.minutes is None]


def _read_plan(store: Store, group: PlanGroup, today: date, tag: str | None) -> DeckPlan:
    start = PlanReader(store).start(group.deck)
    is_even = store.preferences.even_load is not EvenLoad.OFF
    interview = InterviewDay(group.day, group.own_minutes or USUAL_MINUTES, is_even)
    return PlanReader(store).deck_plan(group.guides, interview, today, tag=tag, start=start)


class Begun(NamedTuple):
    """The new cards that were begun today, by deck, and how many a Day a deck has of its own."""

    today: Counter[str]
    limits: Mapping[str, int]

    def within(self, new: Iterable[PlannedCard]) -> list[PlannedCard]:
        """Return the new cards that the decks' own limits let begin."""
        begun = Counter(self.today)
        chosen = []
        for card in new:
            if card.guide not in self.limits or begun[card.guide] < self.limits[card.guide]:
                begun[card.guide] += 1
                chosen.append(card)
        return chosen


def with_plans(rest: Agenda, plans: Sequence[DeckPlan], wanted: Wanted, begun: Begun, today: date) -> Agenda:
    """Return an agenda with what the plans choose behind what is due without one."""
    again: list[WaitingCard] = []
    fresh: list[WaitingCard] = []
    more: list[WaitingCard] = []
    for plan in plans:
        choice = plan.choice(today, wanted.minutes * 60 if wanted.minutes else None)
        by_name = {card.card: card for card in plan.cards}
        chosen = [by_name[name] for name in choice.again]
        new = _new_of_plan(plan, chosen, [by_name[name] for name in choice.new], wanted, begun, today)
        again += map(_waiting, chosen)
        fresh += map(_waiting, new)
        if wanted.new is None:
            rest_of_choice = [by_name[name] for name in choice.overflow if by_name[name] not in new]
            fits = begun.within([*new, *(card for card in rest_of_choice if card.schedule is None)])
            more += (_waiting(card) for card in rest_of_choice if card.schedule is not None or card in fits)
    recent: deque[tuple[str, str]] = deque(maxlen=SIBLING_DISTANCE)
    return Agenda(
        rest.drills,
        (*rest.due, *spread_siblings(again, recent)),
        (*rest.new, *spread_siblings(fresh, recent)),
        tuple(more),
    )


def _new_of_plan(
    plan: DeckPlan,
    again: Iterable[PlannedCard],
    chosen: list[PlannedCard],
    wanted: Wanted,
    begun: Begun,
    today: date,
) -> list[PlannedCard]:
    """Return the new cards of a plan for today: those that it chooses, or as many as a person wants."""
    new = begun.within(chosen)
    if wanted.new is not None:
        new = _free_new(plan, again, today)[: wanted.new]
    if wanted.new_more:
        new += _free_new(plan, [*again, *new], today)[: wanted.new_more]
    return new


def _free_new(plan: DeckPlan, chosen: Iterable[PlannedCard], today: date) -> list[PlannedCard]:
    """Return the new cards of a plan of whose block nothing is asked today."""
    answered = [
        card for card in plan.cards if card.schedule is not None and card.schedule.answered_on == today
    ]
    chosen = list(chosen)
    new = [card for card in plan.new if card not in chosen]
    return one_of_each_block(new, [*answered, *chosen])


def _waiting(card: PlannedCard) -> WaitingCard:
    schedule = card.schedule
    due, interval_days = (schedule.due, schedule.interval_days) if schedule else (None, 0)
    return WaitingCard(card.card, card.guide, card.question, due, interval_days, card.block)  # type: ignore[arg-type]


def day_budget(store: Store, plans: Sequence[DeckPlan], today: date) -> DayBudget | None:
    """Return the minutes that today has left; None where nothing is limited."""
    parts = [
        BudgetPart(plan.guides, plan.interview.minutes * 60 - plan.seconds_used, plan.times) for plan in plans
    ]
    preferences, wishes = store.preferences, PlanReader(store).wishes()
    groups = plan_groups(wishes, preferences.interview, today)
    planned = {guide for group in groups for guide in group.guides}
    parts += [
        _budget_part(store, [guide], wish.minutes, today)
        for guide, wish in wishes.items()
        if wish.minutes is not None and guide not in planned
    ]
    if preferences.minutes_a_day and (others := _undated(wishes, groups)):
        pooled = sum(len(group.guides) for group in groups if group.own_minutes is None)
        minutes = preferences.minutes_a_day * len(others) / (len(others) + pooled)
        parts.append(_budget_part(store, others, minutes, today))
    return DayBudget(tuple(parts)) if parts else None


def _budget_part(store: Store, guides: Sequence[str], minutes: float, today: date) -> BudgetPart:
    plan = PlanReader(store).deck_plan(guides, InterviewDay(today, minutes), today)
    return BudgetPart(plan.guides, minutes * 60 - plan.seconds_used, plan.times)
