"""`proofdeck simulate`: compare what a year costs under each scheduler."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from cards.errors import ProofdeckError

if TYPE_CHECKING:
    from srs.cli.context import CommandContext
    from srs.schedule.simulation import SimulationResult
    from srs.schedule.sm2 import Scheduler


_USUAL_DAYS = 365


@click.command(name="simulate")
@click.option("--cards", type=click.IntRange(1, 100_000), help="How many cards.  [default: those you have]")
@click.option("--new", type=click.IntRange(1), help="New cards a day.  [default: as set]")
@click.option("--days", type=click.IntRange(7, 3650), help="How long.  [default: 365]")
@click.option("--retention", type=click.FloatRange(0.7, 0.99), help="What fsrs aims at.  [default: as set]")
@click.option("--seed", type=int, default=1, help="Another learner.  [default: 1]")
@click.option("--until", metavar="DATE", help="What `plan DATE` would say, without setting it.")
@click.option("--minutes", type=click.IntRange(1, 1440), metavar="N", help="Minutes a day, with --until.")
@click.option("--deck", metavar="DECK", help="One deck instead of all, with --until.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
@click.pass_obj
def command(
    context: CommandContext,
    cards: int | None,
    new: int | None,
    days: int | None,
    retention: float | None,
    seed: int,
    until: str | None,
    minutes: int | None,
    deck: str | None,
    *,
    as_json: bool,
) -> None:
    """Show what a year costs under each scheduler: answers a day, and the share known at its end.

    The learner is simulated with FSRS-6's published model of memory, grades every due card every day, and is
    the same for all schedulers. Nothing of yours is read but the number of cards, and nothing is written.

    With --until DATE the days until an interview are foretold as `proofdeck plan` does it, from your cards
    and answers, for a day and minutes that you are only thinking about.
    """
    if until is not None:
        if any((cards, new, days, retention)):
            raise click.UsageError("--until goes with --minutes, --deck, --seed and --json only.")
        _foretell(context, until, minutes, deck, seed, as_json=as_json)
        return
    if minutes or deck:
        raise click.UsageError("--minutes and --deck go with --until DATE.")
    from pathlib import Path

    from srs.review.preferences import Preferences
    from srs.store.store import Store

    preferences, have = Preferences(), 0
    if Path(context.store_file).exists():
        with Store.open_existing(context.store_file) as store:
            preferences, have = store.preferences, len(store.cards.rows())
    years = _simulate_schedulers(
        cards or have or 500,
        new or preferences.new_a_day or 10,
        days or _USUAL_DAYS,
        retention or preferences.retention,
        seed,
        preferences.day(context.now()),
    )
    if as_json:
        import json

        click.echo(json.dumps([_result_json(year) for year in years], indent=2))
        return
    _print_results(years, days or _USUAL_DAYS)


def _foretell(
    context: CommandContext, until: str, minutes: int | None, deck: str | None, seed: int, *, as_json: bool
) -> None:
    """Print what `plan` would say of a day and of minutes that are not set."""
    from srs.cli.deck_choice import find_deck
    from srs.cli.interview_plan import foretell, refuse_unplannable
    from srs.cli.outlook_output import print_outlooks
    from srs.plan.outlook import outlook_of
    from srs.review.preferences import parse_preference
    from srs.sitting.planned_day import supposed_plan
    from srs.store.store import Store

    with Store.open_existing(context.store_file) as store:
        today = store.preferences.day(context.now())
        day = parse_preference("interview", until)
        if not isinstance(day, date):
            raise click.UsageError("--until needs a day like 2027-01-10.")
        refuse_unplannable(day, today)
        plan = supposed_plan(store, today, day, minutes, find_deck(store, deck))
        if not plan.cards:
            raise ProofdeckError("There are no cards to plan. `proofdeck build` makes them from a guide.")
        outlook = outlook_of(plan, foretell(store, plan, today, seed), today)
    print_outlooks([("", outlook)], as_json=as_json)


def _simulate_schedulers(
    cards: int, new: int, days: int, retention: float, seed: int, start: date
) -> list[SimulationResult]:
    from random import Random

    from srs.schedule.fsrs_scheduler import fsrs_scheduler
    from srs.schedule.simulation import simulate
    from srs.schedule.sm2 import sm2_schedule

    schedulers: dict[str, Scheduler] = {"sm2": sm2_schedule}
    try:
        schedulers[f"fsrs {retention:g}"] = fsrs_scheduler(retention)
    except ProofdeckError:
        click.echo("Only sm2: for fsrs install `proofdeck[fsrs]`.", err=True)
    return [
        simulate(
            name,
            scheduler,
            cards=cards,
            new_a_day=new,
            days=days,
            start=start,
            random=Random(seed),  # noqa: S311 - a learner, not a secret
        )
        for name, scheduler in schedulers.items()
    ]


def _result_json(year: SimulationResult) -> dict[str, object]:
    return {
        "scheduler": year.name,
        "cards": year.begun,
        "answers": sum(year.answers),
        "answers_a_day": round(year.answers_a_day, 2),
        "busiest_day": max(year.answers),
        "known": round(year.known, 4),
        "weeks": [round(week, 2) for week in year.weeks()],
    }


def _print_results(years: list[SimulationResult], days: int) -> None:
    from shutil import get_terminal_size

    from srs.stats.bar_chart import bar_chart

    most = max(max(year.weeks()) for year in years)
    width = max(20, get_terminal_size().columns - 12)
    click.echo(f"{years[0].begun} cards in {days} days, one simulated learner\n")
    click.echo(f"{'':<10}{'a day':>7}{'busiest':>9}{'known at the end':>18}")
    for year in years:
        click.echo(f"{year.name:<10}{year.answers_a_day:>7.1f}{max(year.answers):>9}{year.known:>18.0%}")
    click.echo("\nanswers a day, week by week")
    for year in years:
        click.echo(f"{year.name:<10}{bar_chart(year.weeks(), most, width)}")
