"""`proofdeck undo`: take the last answer back, after the sitting too."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from srs.cli.volume import only_reports

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from srs.cli.context import CommandContext
    from srs.review.log import EntryId
    from srs.store.store import Store


@only_reports()
@click.command(name="undo")
@click.option("-n", "--times", type=click.IntRange(1), default=1, help="How many steps.  [default: 1]")
@click.option(
    "--day",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DAY",
    help="All that bears this date, like 2031-05-01.",
)
@click.option("--entry", metavar="ID", help="One entry of the log; `history CARD --json` says its id.")
@click.pass_obj
def command(context: CommandContext, times: int, day: datetime | None, entry: str | None) -> None:
    """Take back the last answer, mock interview, suspension, burying or flag made on this machine.

    The log keeps it with a mark; the card's schedule is what it was before. With --day all that was logged
    on a date goes back, wherever it was made: what a wrong clock has written.
    """
    from srs.cli.daily_backup import try_daily_backup
    from srs.store.store import Store

    if day is not None and entry is not None:
        raise click.UsageError("--day and --entry exclude each other.")
    with Store.open_existing(context.store_file) as store:
        try_daily_backup(store, store.preferences.day(context.now()))
        if entry is not None:
            wanted: list[EntryId | None] = [store.log.find_entry(entry)]
        elif day is not None:
            wanted = [*store.log.entries_of(day.date())]
        else:
            wanted = [None] * times
        if not _undo_all(context, store, wanted):
            click.echo("There is nothing to undo.")


def _undo_all(context: CommandContext, store: Store, wanted: Sequence[EntryId | None]) -> bool:
    """Take back each entry, None being the last one there is; return whether all were there."""
    for identity in wanted:
        undone = store.log.undo(at=context.now(), entry=identity)
        if undone is None:
            return False
        entry, standing = undone
        what = entry.act.value if entry.grade is None else f"{entry.act.value} {int(entry.grade)}"
        due = standing.schedule.due.isoformat() if standing.schedule else "new"
        if sys.stdout.isatty() and entry.act == "interview":
            click.echo(f"Taken back: the mock interview of {entry.day:%-d %B}, all its questions.")
        elif sys.stdout.isatty():
            state = "a new card again" if due == "new" else f"due {due} again"
            front = store.cards.front_line(entry.card)
            click.echo(f"Taken back: {what} of {entry.day:%-d %B}, {state}.\n  {front}")
        else:
            click.echo(f"undone {entry.card} {what} of {entry.day} due {due}")
    return bool(wanted)
