"""The lines that say where a learner stands on the way to an interview."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from srs.plan.deck_plan import DeckPlan
    from srs.plan.position import Position
    from srs.store.store import Store


def positions(
    store: Store, today: date, plans: Iterable[DeckPlan] | None = None, guide: str | None = None
) -> list[tuple[str, Position]]:
    """Return where a learner stands for each interview to come, with the names of its decks.

    Where none is set, nothing of plans is loaded.
    """
    if plans is None and not store.decks.has_interview():
        return []
    from srs.plan.position import position_of
    from srs.sitting.planned_day import deck_plans

    names = {each.guide: each.short_name for each in store.decks.names()}
    found = deck_plans(store, today, guide) if plans is None else plans
    return [
        (", ".join(sorted(names[each] for each in plan.guides)), position_of(plan, today))
        for plan in found
        if plan.cards
    ]


def lines_of(found: list[tuple[str, Position]]) -> list[str]:
    """Return the lines about interviews, which name the decks where there are several."""
    from srs.plan.position import position_lines

    return [
        line for name, position in found for line in position_lines(position, name if len(found) > 1 else "")
    ]


def standing_lines(
    store: Store, today: date, plans: Iterable[DeckPlan] | None = None, guide: str | None = None
) -> list[str]:
    """Return the lines about interviews to come; none where none is set."""
    found = positions(store, today, plans, guide)
    return lines_of(found) if found else []


def positions_json(stands: list[tuple[str, Position]]) -> list[dict[str, object]]:
    """Return where a learner stands, for scripts."""
    return [
        {
            "decks": name,
            "interview": each.day.isoformat(),
            "days_left": each.days_left,
            "days_behind": each.days_behind,
            "minutes_today": round(each.minutes_used, 1),
            "minutes_a_day": round(each.minutes, 1),
            "questions": each.questions,
            "questions_begun": each.begun,
            "questions_firm": each.firm,
            "tasks": each.tasks,
            "tasks_begun": each.tasks_begun,
            "known_as_things_stand": round(each.recall, 4),
        }
        for name, each in stands
    ]
