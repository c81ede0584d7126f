"""`proofdeck due`: print how many cards are due or new today."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from srs.cli.context import CommandContext


@click.command(name="due")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
@click.pass_obj
def command(context: CommandContext, *, as_json: bool) -> None:
    """Say how many cards are due, and how many new ones today still has room for."""
    from srs.store.store import Store

    with Store.open_existing(context.store_file) as store:
        today = store.preferences.day(context.now())
        counts = store.queue.counts(today)
        new = store.queue.new_left_today(today, counts)
        if as_json:
            import json

            click.echo(
                json.dumps(
                    {
                        "today": today.isoformat(),
                        "due": counts.due,
                        "again": counts.drills,
                        "new": new,
                        "new_in_all": counts.new,
                        "next_due": counts.next_due.isoformat() if counts.next_due else None,
                    }
                )
            )
            return
        if not (counts.due or counts.drills or new):
            from srs.cli.nothing_due import nothing_due_text

            click.echo(nothing_due_text(store, today, None))
            return
        parts = [
            f"{number} {what}"
            for number, what in ((counts.due, "due"), (counts.drills, "to be asked again"), (new, "new"))
            if number
        ]
        click.echo(f"{', '.join(parts)}. `proofdeck review` asks them.")
