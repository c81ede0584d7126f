"""`proofdeck plan`: set the day of an interview, and show what fits until then."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from datetime import date

    from srs.cli.context import CommandContext
    from srs.store.store import Store


@click.command(name="plan")
@click.argument("day", required=False, metavar="[DATE]")
@click.option("--minutes", type=click.IntRange(1, 1440), metavar="N", help="Minutes a day.")
@click.option("--deck", metavar="DECK", help="For one deck, instead of all.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
@click.pass_obj
def command(
    context: CommandContext, day: str | None, minutes: int | None, deck: str | None, *, as_json: bool
) -> None:
    """Plan the days until an interview: what is begun when, what fits, and what is known on the day.

    DATE, like 2027-01-10, sets the day, and none takes it away; without one, the plan is shown. The
    date changes what is asked, never what an answer means.
    """
    from srs.cli.deck_choice import find_deck
    from srs.cli.interview_plan import foretell
    from srs.cli.outlook_output import print_outlooks
    from srs.cli.output.wrapped_lines import print_wrapped
    from srs.plan.outlook import outlook_of
    from srs.sitting.planned_day import deck_plans
    from srs.store.store import Store

    with Store.open_existing(context.store_file) as store:
        today = store.preferences.day(context.now())
        guide = find_deck(store, deck)
        _set(store, guide, day, minutes, today)
        names = {each.guide: each.short_name for each in store.decks.names()}
        plans = deck_plans(store, today, guide)
        shown = [
            (", ".join(sorted(names[each] for each in plan.guides)), plan) for plan in plans if plan.cards
        ]
        outlooks = [(name, outlook_of(plan, foretell(store, plan, today), today)) for name, plan in shown]
        reason = "" if outlooks else _nothing_planned(store, guide, today, has_plan=bool(plans))
    if reason and not as_json:
        print_wrapped([reason])
    print_outlooks(outlooks, as_json=as_json)


def _set(store: Store, guide: str | None, day: str | None, minutes: int | None, today: date) -> None:
    from srs.cli.interview_plan import set_wish
    from srs.cli.preference.set_preference import set_preference
    from srs.review.preferences import parse_preference

    chosen = {"minutes_a_day": str(minutes) if minutes else None, "interview": day}
    for name, value in chosen.items():
        if value is None:
            continue
        if guide is None:
            set_preference(store, name, value, today)
        else:
            set_wish(store, guide, name, parse_preference(name, value), today)


def _nothing_planned(store: Store, guide: str | None, today: date, *, has_plan: bool) -> str:
    """Return why there is nothing to show, and what to do."""
    if has_plan:
        return "There are no cards to plan. `proofdeck build` makes them from a guide."
    from srs.store.plan.plan_reader import PlanReader

    wish = PlanReader(store).wishes().get(guide) if guide else None
    day = (wish.interview if wish else None) or store.preferences.interview
    if day is None:
        return "No interview is set: `proofdeck plan 2027-01-10 --minutes 10` plans the days until one."
    when = "is today" if day == today else f"of {day} is past"
    return (
        f"The interview {when}, and cards come as without one. `proofdeck plan DATE` sets the next, "
        "`proofdeck plan none` takes it away."
    )
