"""`proofdeck anki`: pull the progress made in Anki into the store."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from srs.cli.volume import only_reports
from srs.words import count, shorten

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cards.card.card import CardId
    from exporters.anki.progress_reader import AnkiProgress
    from srs.cli.anki_translation import AnkiPull
    from srs.cli.context import CommandContext
    from srs.schedule.sm2 import Schedule
    from srs.store.store import Store

_MAX_LISTED = 8


@click.group(name="anki")
def command() -> None:
    """Bring what was learnt in Anki into this store.

    The way there is `proofdeck build --with-progress`.
    """


@only_reports()
@command.command(name="pull")
@click.argument("file", metavar="FILE", type=click.Path())
@click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
@click.option("--take-suspended", is_flag=True, help="Suspend here what is suspended in Anki.")
@click.option("--take-flags", is_flag=True, help="Flag here what is flagged in Anki.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
@click.pass_obj
def pull(
    context: CommandContext,
    file: str,
    *,
    dry_run: bool,
    take_suspended: bool,
    take_flags: bool,
    as_json: bool,
) -> None:
    """Add the answers that were given in Anki to this store's log.

    FILE is an .apkg or .colpkg that Anki exported with “Include scheduling information”. Its cards are known
    by their ids; other decks in it are left alone. Again, Hard, Good and Easy become the grades 1, 3, 4
    and 5, and each schedule is computed again from the whole log. Pulling a file again changes nothing.
    """
    from srs.cli.anki_translation import mark_entries
    from srs.store.backups import make_daily_backup
    from srs.store.store import Store

    now = context.now()
    with Store.open_existing(context.store_file) as store:
        today = store.preferences.day(now)
        fronts = {row.id: row.words.partition("\n")[0] for row in store.cards.rows(retired=None)}
        found, pulled = _read_pull(store, context, file, frozenset(fronts))
        if not as_json:
            _print_pull(found, pulled, fronts, dry_run=dry_run)
        if not dry_run:
            make_daily_backup(store.connection, store.path, today)
            store.log.import_entries(pulled.answers)
        may_ask = not (as_json or dry_run) and sys.stdin.isatty() and sys.stdout.isatty()
        suspended = _wants_state(
            len(pulled.suspended), "suspended", "--take-suspended", wanted=take_suspended, may_ask=may_ask
        )
        flagged = _wants_state(
            len(pulled.flagged), "flagged", "--take-flags", wanted=take_flags, may_ask=may_ask
        )
        if not dry_run:
            store.log.import_entries(mark_entries(pulled, now, today, suspended=suspended, flagged=flagged))
    if as_json:
        import json

        report = {"file": file, "dry_run": dry_run, **_pull_json(found, pulled)}
        report |= {"took_suspended": suspended and not dry_run, "took_flags": flagged and not dry_run}
        click.echo(json.dumps(report, indent=2, ensure_ascii=False))
    elif dry_run:
        click.echo("Nothing was changed.")


def _read_pull(
    store: Store, context: CommandContext, file: str, cards: frozenset[CardId]
) -> tuple[AnkiProgress, AnkiPull]:
    from exporters.anki.progress_reader import read_progress
    from srs.cli.anki_translation import plan_pull, utc_offset_minutes

    now, preferences = context.now(), store.preferences
    found = read_progress(Path(file), cards, utc_offset_minutes=utc_offset_minutes(now))
    pulled = plan_pull(
        found.progress,
        store.log.by_card(),
        store.scheduler,
        # An answer belongs to the Day that it was here.
        lambda moment: preferences.day(moment.astimezone()),
        now,
    )
    return found, pulled


def _wants_state(number: int, state: str, option: str, *, wanted: bool, may_ask: bool) -> bool:
    """Tell whether to take over suspensions or flags from Anki: by the option, else by asking."""
    if not number:
        return False
    if wanted:
        return True
    cards = f"{count(number, 'card')} {'is' if number == 1 else 'are'} {state} in Anki and not here"
    if may_ask:
        return click.confirm(f"{cards}. Take that over?", default=False)
    click.echo(f"{cards}; {option} takes that over.", err=True)
    return False


def _print_pull(
    found: AnkiProgress, pulled: AnkiPull, fronts: Mapping[CardId, str], *, dry_run: bool
) -> None:
    from shutil import get_terminal_size

    others = f"; {found.other_cards} others are left alone" if found.other_cards else ""
    click.echo(f"The file holds {count(found.found, 'card')} of yours{others}.")
    if pulled.misdated:
        click.echo(
            f"{count(pulled.misdated, 'answer')} bear an impossible date (the future, or before there was an "
            "Anki) and stay out; pull again once the clocks are right."
        )
    if found.unknown:
        click.echo(
            f"{count(found.unknown, 'entry of its log is', 'entries of its log are')} of a kind that only a "
            "newer Anki has: left out."
        )
    if not pulled.answers:
        click.echo("Every answer in it was here already.")
        return
    would_be = "would be" if dry_run else "are"
    answers, cards = count(len(pulled.answers), "answer"), count(len(pulled.schedule_changes), "card")
    click.echo(f"{answers} to {cards} {would_be} new here:")
    width = max(40, get_terminal_size().columns)
    for move in pulled.schedule_changes[:_MAX_LISTED]:
        due = f"{_due(move.before) or 'new'} → {_due(move.after) or 'new'}"
        line = f"  {due:<23}  {fronts[move.card]}"
        click.echo(shorten(line, width))
    if len(pulled.schedule_changes) > _MAX_LISTED:
        click.echo(f"  and {len(pulled.schedule_changes) - _MAX_LISTED} more: --json lists them all.")


def _pull_json(found: AnkiProgress, pulled: AnkiPull) -> dict[str, Any]:
    return {
        "cards_found": found.found,
        "other_cards": found.other_cards,
        "uses_fsrs": found.uses_fsrs,
        "answers_in_file": len(found.progress.answers),
        "new_answers": len(pulled.answers),
        "misdated_answers": pulled.misdated,
        "unknown_entries": found.unknown,
        "schedules": [
            {
                "card": move.card,
                "answers": move.answers,
                "due_before": _due(move.before),
                "due_after": _due(move.after),
            }
            for move in pulled.schedule_changes
        ],
        "suspended_in_anki": list(pulled.suspended),
        "flagged_in_anki": list(pulled.flagged),
    }


def _due(schedule: Schedule | None) -> str | None:
    return schedule.due.isoformat() if schedule else None
