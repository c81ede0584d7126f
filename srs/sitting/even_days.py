"""Choose the Days on which cards are due again so that every Day has about as much."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from srs.review.preferences import EvenLoad
from srs.schedule.even_load import even_schedule, slack_days
from srs.store.plan.day_load import read_day_loads

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from cards.card.card import CardId
    from srs.schedule.sm2 import Grade, Schedule
    from srs.store.store import Store


def has_even_days(store: Store, guide: str, today: date) -> bool:
    """Tell whether the Days of a deck are kept even: as set, else where it is learnt for a day to come."""
    preferences = store.preferences
    if preferences.even_load is not EvenLoad.AUTO:
        return preferences.even_load is EvenLoad.ON
    day = preferences.interview
    if store.decks.has_interview():
        from srs.store.plan.plan_reader import PlanReader

        wish = PlanReader(store).wishes().get(guide)
        day = (wish.interview if wish else None) or day
    return day is not None and day > today


def even_schedules(store: Store, card: CardId, after: Mapping[Grade, Schedule]) -> dict[Grade, Schedule]:
    """Return what each grade leads to with the card due on the Day that suits best within its slack."""
    most_days = store.preferences.longest_interval_days
    evened: dict[Schedule, Schedule] = {}
    for schedule in after.values():
        slack = timedelta(days=slack_days(schedule.interval_days))
        if slack and schedule not in evened:
            loads = read_day_loads(store, card, schedule.due - slack, schedule.due + slack)
            evened[schedule] = even_schedule(schedule, loads, most_days)
    return {grade: evened.get(schedule, schedule) for grade, schedule in after.items()}
