"""Set the day of an interview and the minutes a Day, and foretell what comes of them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from cards.errors import ProofdeckError

if TYPE_CHECKING:
    from srs.plan.deck_plan import DeckPlan
    from srs.plan.forecast import Forecast
    from srs.store.store import Store

_MAX_YEARS = 3
"""Each day until an interview is foretold, and that is waited for."""
_SEED = 1
"""One simulated learner, the same each time."""


def set_wish(store: Store, guide: str, name: str, value: object, today: date) -> None:
    """Set a deck's own `interview` or `minutes_a_day`; None takes it away."""
    from srs.store.plan.plan_reader import PlanReader

    wish = PlanReader(store).wishes()[guide]
    if name == "interview":
        refuse_unplannable(value, today)
        wish = wish._replace(interview=value)  # type: ignore[arg-type]
    else:
        wish = wish._replace(minutes=int(str(value)) or None if value is not None else None)
    PlanReader(store).save_wish(guide, wish)
    begin_plans(store, today, guide)


def begin_plans(store: Store, today: date, deck: str | None = None) -> None:
    """Keep what is foretold now, so that being late can be told later: of one deck, or of all but the others.

    The decks that go by what is set for all share their minutes, so their plan begins anew in any case.
    """
    from srs.plan.deck_plan import PlanStart
    from srs.sitting.planned_day import deck_plans
    from srs.store.plan.plan_reader import PlanReader

    wishes = PlanReader(store).wishes()
    PlanReader(store).save_start(None, None)
    if deck is not None:
        PlanReader(store).save_start(deck, None)
    for plan in deck_plans(store, today):
        own = next((guide for guide in plan.guides if any(wishes[guide])), None)
        if own is not None and own != deck and (deck is not None or wishes[own].interview is not None):
            continue
        foretold = foretell(store, plan, today)
        if foretold.last_new_day is not None:
            target = len(plan.cards) - len(foretold.left_out)
            PlanReader(store).save_start(
                own, PlanStart(today, len(plan.begun), target, foretold.last_new_day)
            )


def foretell(store: Store, plan: DeckPlan, today: date, seed: int = _SEED) -> Forecast:
    """Return the Days until an interview if each holds what the plan chooses; the seed is a learner."""
    from random import Random

    from srs.plan.forecast import forecast

    return forecast(
        plan.interview,
        today,
        plan.cards,
        plan.times,
        store.scheduler,
        Random(seed),  # noqa: S311 - a learner, not a secret
        plan.seconds_used,
    )


def refuse_unplannable(day: object, today: date) -> None:
    """Raise ProofdeckError for the day of an interview that is not to come, or too far away."""
    if not isinstance(day, date):
        return
    if day <= today:
        when = "today" if day == today else "past"
        raise ProofdeckError(
            f"The interview cannot be on {day}: that is {when}. Name a day that is still to come, or none."
        )
    if day - today > timedelta(days=366 * _MAX_YEARS):
        raise ProofdeckError(
            f"The interview cannot be on {day}: that is more than {_MAX_YEARS} years away. "
            "Name a nearer day, or none."
        )
