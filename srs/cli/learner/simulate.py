"""`proofdeck simulate`: compare what a year costs under each scheduler."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from datetime import date

    from srs.cli.context import CommandContext
    from srs.schedule.simulation import SimulationResult
    from srs.schedule.sm2 import Scheduler


@click.command(name="simulate")
@click.option("--cards", type=click.IntRange(1, 100_000), help="How many cards.  [default: those you have]")
@click.option("--new", type=click.IntRange(1), help="New cards a day.  [default: as set]")
@click.option("--days", type=click.IntRange(7, 3650), default=365, help="How long.  [default: 365]")
@click.option("--retention", type=click.FloatRange(0.7, 0.99), help="What fsrs aims at.  [default: as set]")
@click.option("--seed", type=int, default=1, help="Another learner.  [default: 1]")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
@click.pass_obj
def command(
    context: CommandContext,
    cards: int | None,
    new: int | None,
    days: int,
    retention: float | None,
    seed: int,
    *,
    as_json: bool,
) -> None:
    """Show what a year costs under each scheduler: answers a day, and the share known at its end.

    The learner is simulated with FSRS-6's published model of memory, grades every due card every day, and is
    the same for all schedulers. Nothing of yours is read but the number of cards, and nothing is written.
    """
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
        days,
        retention or preferences.retention,
        seed,
        preferences.day(context.now()),
    )
    if as_json:
        import json

        click.echo(json.dumps([_result_json(year) for year in years], indent=2))
        return
    _print_results(years, days)


def _simulate_schedulers(
    cards: int, new: int, days: int, retention: float, seed: int, start: date
) -> list[SimulationResult]:
    from random import Random

    from cards.errors import ProofdeckError
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
