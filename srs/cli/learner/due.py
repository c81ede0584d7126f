"""`proofdeck due`: print how many cards are due or new today."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from srs.cli.output.wrapped_lines import print_wrapped

if TYPE_CHECKING:
    from srs.cli.context import CommandContext
    from srs.plan.position import Position


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
        stands = []
        is_even = store.preferences.even_load.value == "on"
        if store.decks.has_interview() or is_even:
            from srs.sitting.todays_agenda import todays_plan
            from srs.sitting.where_one_stands import positions

            plan = todays_plan(store, today)
            stands = positions(store, today, plan.plans)
            if stands or is_even:
                agenda = plan.agenda
                counts = counts._replace(due=len(agenda.due), drills=len(agenda.drills))
                new = len(agenda.new)
        if as_json:
            import json

            from srs.sitting.where_one_stands import positions_json

            click.echo(
                json.dumps(
                    {
                        "today": today.isoformat(),
                        "due": counts.due,
                        "again": counts.drills,
                        "new": new,
                        "new_in_all": counts.new,
                        "next_due": counts.next_due.isoformat() if counts.next_due else None,
                        **({"interviews": positions_json(stands)} if stands else {}),
                    }
                )
            )
            return
        if not (counts.due or counts.drills or new):
            from srs.cli.nothing_due import nothing_due_text

            print_wrapped([nothing_due_text(store, today, None)])
            _say_where_one_stands(stands)
            return
        parts = [
            f"{number} {what}"
            for number, what in ((counts.due, "due"), (counts.drills, "to repeat"), (new, "new"))
            if number
        ]
        print_wrapped([f"{', '.join(parts)}. `proofdeck review` asks them."])
        _say_where_one_stands(stands)


def _say_where_one_stands(stands: list[tuple[str, Position]]) -> None:
    if stands:
        from srs.sitting.where_one_stands import lines_of

        print_wrapped(lines_of(stands))
