"""`proofdeck undo`: take the last answer back, after the sitting too."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from srs.cli.context import CommandContext


@click.command(name="undo")
@click.option("-n", "--times", type=click.IntRange(1), default=1, help="How many steps.  [default: 1]")
@click.pass_obj
def command(context: CommandContext, times: int) -> None:
    """Take back the last answer, suspension, burying or flag made on this machine.

    The log keeps it with a mark; the card's schedule is what it was before.
    """
    from srs.cli.daily_backup import try_daily_backup
    from srs.store.store import Store

    with Store.open_existing(context.store_file) as store:
        try_daily_backup(store, store.preferences.day(context.now()))
        for _ in range(times):
            undone = store.log.undo(at=context.now())
            if undone is None:
                click.echo("There is nothing to undo.")
                return
            entry, standing = undone
            what = entry.act.value if entry.grade is None else f"{entry.act.value} {int(entry.grade)}"
            due = standing.schedule.due.isoformat() if standing.schedule else "new"
            if sys.stdout.isatty():
                state = "a new card again" if due == "new" else f"due {due} again"
                front = store.cards.front_line(entry.card)
                click.echo(f"Taken back: {what} of {entry.day:%-d %B}, {state}.\n  {front}")
            else:
                click.echo(f"undone {entry.card} {what} of {entry.day} due {due}")
