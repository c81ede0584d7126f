"""Choose today's cards: by the limits of a Day, and by the plan of the decks that are learnt for one."""

from __future__ import annotations

from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING

from cards.value import NamedTuple
from srs.review.agenda import Agenda, DayLimits, WaitingCard, make_agenda
from srs.review.preferences import EvenLoad
from srs.sitting.wanted import EVERYTHING, Wanted

if TYPE_CHECKING:
    from datetime import date

    from srs.plan.deck_plan import DeckPlan
    from srs.sitting.day_budget import DayBudget
    from srs.store.store import Store


class DayPlan(NamedTuple):
    """What today holds, and for how long."""

    agenda: Agenda
    budget: DayBudget | None
    plans: tuple[DeckPlan, ...] = ()


EMPTY_PLAN = DayPlan(Agenda((), (), ()), None)


def todays_plan(
    store: Store, today: date, wanted: Wanted = EVERYTHING, *, most: int | None = None
) -> DayPlan:
    """Return what today holds; `most` bounds the due cards that are read."""
    preferences = store.preferences
    has_plan = store.decks.has_plan()
    plans: tuple[DeckPlan, ...] = ()
    if has_plan:
        # Most people have none, and wait for their first card: nothing of plans is loaded then.
        from srs.sitting.planned_day import Begun, day_budget, deck_plans, with_plans

        plans = deck_plans(store, today, wanted.guide, wanted.tag)
    planned = frozenset(guide for plan in plans for guide in plan.guides)
    new_a_day = preferences.new_a_day
    done = store.queue.answered_today(today, wanted.guide, wanted.tag)
    begun_today = sum(card.was_new and card.guide not in planned for card in done)
    if wanted.new is not None:
        new_a_day = begun_today + wanted.new
    elif wanted.new_more:
        new_a_day = max(new_a_day, begun_today) + (0 if plans else wanted.new_more)
    limits = store.decks.limits()
    if wanted.new or wanted.new_more:
        limits = {guide: limit._replace(new=None) for guide, limit in limits.items()}
    due = islice(store.queue.due_cards(today, wanted.guide, wanted.tag), most)
    agenda = make_agenda(
        due=(card for card in due if card.guide not in planned),
        new=(
            card
            for card in store.queue.new_cards(today, wanted.guide, wanted.tag)
            if card.guide not in planned
        ),
        done=(card for card in done if card.guide not in planned),
        limits=limits,
        total=DayLimits(new_a_day, preferences.reviews_a_day or None),
        today=today,
        keeps_apart=preferences.even_load is EvenLoad.ON,
    )
    if has_plan:
        own = {guide: limit.new for guide, limit in limits.items() if limit.new is not None}
        begun = Begun(Counter(card.guide for card in done if card.was_new), own)
        agenda = with_plans(agenda, plans, wanted, begun, today)
    drills = (card.waiting for card in done if card.guide in planned and card.active and not card.settled)
    ahead = _cards_ahead(store, today, wanted, agenda) if wanted.ahead else []
    agenda = Agenda((*agenda.drills, *drills), (*agenda.due, *ahead), agenda.new[: wanted.new], agenda.more)
    budget = day_budget(store, plans, today) if has_plan and not wanted.is_beyond_budget else None
    return DayPlan(agenda, budget, plans)


def todays_agenda(store: Store, today: date, wanted: Wanted = EVERYTHING) -> Agenda:
    """Return the cards to ask today."""
    return todays_plan(store, today, wanted).agenda


def _cards_ahead(store: Store, today: date, wanted: Wanted, agenda: Agenda) -> list[WaitingCard]:
    """Return as many cards that are not due yet as are wanted, without those that are asked anyway."""
    asked = {card.card for card in agenda.due}
    found = store.queue.cards_ahead(today, wanted.ahead + len(asked), wanted.guide, wanted.tag)
    return [card for card in found if card.card not in asked][: wanted.ahead]
