"""`proofdeck due`: print how many cards are due or new today."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from srs.cli.output.wrapped_lines import print_wrapped

if TYPE_CHECKING:
    from datetime import date

    from srs.cli.context import CommandContext
    from srs.sitting.todays_agenda import DayPlan
    from srs.store.review_queue import QueueCounts
    from srs.store.store import Store


@click.command(name="due")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
@click.pass_obj
def command(context: CommandContext, *, as_json: bool) -> None:
    """Say how many cards are due, and how many new ones today still has room for."""
    from srs.store.store import Store

    with Store.open_existing(context.store_file) as store:
        today = store.preferences.day(context.now())
        counts = store.queue.counts(today)
        if _is_chosen(store):
            _say_chosen(store, today, counts, as_json=as_json)
            return
        new = store.queue.new_left_today(today, counts)
        if as_json:
            _write_json(today, counts, (counts.due, counts.drills, new))
            return
        held = ((counts.due, "due"), (counts.drills, "to repeat"), (new, "new"))
        _say(store, today, ", ".join(f"{number} {word}" for number, word in held if number), [])


def _is_chosen(store: Store) -> bool:
    """Tell whether not all that is due is asked today, so that an agenda must be made to count it."""
    preferences, decks = store.preferences, store.decks
    is_even = preferences.even_load.value == "on"
    return is_even or preferences.reviews_a_day > 0 or decks.has_plan() or decks.has_limits()


def _say_chosen(store: Store, today: date, counts: QueueCounts, *, as_json: bool) -> None:
    from srs.cli.today import held_words
    from srs.sitting.todays_agenda import todays_plan
    from srs.sitting.where_one_stands import lines_of, positions, positions_json

    plan = todays_plan(store, today)
    stands = positions(store, today, plan.plans)
    if not as_json:
        _say(store, today, held_words(plan.agenda, today, counts.due), lines_of(stands), plan)
        return
    agenda = plan.agenda
    held = (len(agenda.due), len(agenda.drills), len(agenda.new))
    _write_json(today, counts, held, **({"interviews": positions_json(stands)} if stands else {}))


def _say(store: Store, today: date, held: str, stands: list[str], plan: DayPlan | None = None) -> None:
    """Print what is asked now, or why nothing is, and where one stands."""
    said = f"{held}. `proofdeck review` asks them."
    if not held:
        from srs.cli.nothing_due import nothing_due_text

        said = nothing_due_text(store, today, None)
    elif plan is not None:
        from srs.cli.nothing_asked import minutes_used_text

        said = minutes_used_text(plan) or said
    print_wrapped([said, *stands])


def _write_json(today: date, counts: QueueCounts, held: tuple[int, int, int], **more: object) -> None:
    """Print the numbers of cards that are asked today: due ones, those to repeat and new ones."""
    import json

    due, again, new = held
    record = {
        "today": today.isoformat(),
        "due": due,
        "due_in_all": counts.due,
        "again": again,
        "new": new,
        "new_in_all": counts.new,
        "next_due": counts.next_due.isoformat() if counts.next_due else None,
    }
    click.echo(json.dumps({**record, **more}))
