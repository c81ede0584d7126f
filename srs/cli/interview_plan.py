"""Set the day of an interview and the minutes a Day, and foretell what comes of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from srs.plan.deck_plan import DeckPlan
    from srs.plan.forecast import Forecast
    from srs.store.store import Store

_SEED = 1
"""One simulated learner, the same each time."""


def set_wish(store: Store, guide: str, name: str, value: object, today: date) -> None:
    """Set a deck's own `interview` or `minutes_a_day`; None takes it away."""
    from srs.cli.set_preference import refuse_past

    wish = store.plans.wishes()[guide]
    if name == "interview":
        refuse_past(value, today)
        wish = wish._replace(interview=value)  # type: ignore[arg-type]
    else:
        wish = wish._replace(minutes=int(str(value)) or None if value is not None else None)
    store.plans.save_wish(guide, wish)
    begin_plan(store, guide if wish.interview else None, today)
    if wish.interview is None:
        store.plans.save_start(guide, None)


def begin_plan(store: Store, guide: str | None, today: date) -> None:
    """Keep what is foretold now of the decks that have a day, so that being late can be told later."""
    from srs.plan.deck_plan import PlanStart
    from srs.sitting.todays_agenda import deck_plans

    store.plans.save_start(guide, None)
    wishes = store.plans.wishes()
    mine = [
        plan
        for plan in deck_plans(store, today)
        if (guide in plan.guides if guide else all(wishes[each].interview is None for each in plan.guides))
    ]
    if not mine:
        return
    foretold = foretell(store, mine[0], today)
    begun = len(mine[0].begun)
    if foretold.last_new_day is not None:
        target = len(mine[0].cards) - len(foretold.left_out)
        store.plans.save_start(guide, PlanStart(today, begun, target, foretold.last_new_day))


def foretell(store: Store, plan: DeckPlan, today: date) -> Forecast:
    """Return the Days until an interview if each holds what the plan chooses."""
    from random import Random

    from srs.plan.forecast import forecast

    return forecast(
        plan.interview,
        today,
        plan.cards,
        plan.times,
        store.scheduler,
        Random(_SEED),  # noqa: S311 - a learner, not a secret
        plan.seconds_used,
    )
