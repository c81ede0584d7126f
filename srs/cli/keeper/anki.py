"""`proofdeck anki`: what was learnt in Anki, brought here."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cards.card.card import CardId
    from exporters.anki.progress_reader import AnkiProgress
    from srs.cli.anki_translation import Pull
    from srs.cli.context import Setting
    from srs.schedule.sm2 import Schedule
    from srs.store import Store

_MOST_TOLD = 8


@click.group(name="anki")
def command() -> None:
    """Bring what was learnt in Anki into this store.

    The way there is `proofdeck build --with-progress`.
    """


@command.command(name="pull")
@click.argument("file", metavar="FILE", type=click.Path())
@click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
@click.option("--take-suspended", is_flag=True, help="Suspend here what is suspended in Anki.")
@click.option("--take-flags", is_flag=True, help="Flag here what is flagged in Anki.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
@click.pass_obj
def pull(
    setting: Setting, file: str, *, dry_run: bool, take_suspended: bool, take_flags: bool, as_json: bool
) -> None:
    """Add the answers that were given in Anki to this store's log.

    FILE is an .apkg or .colpkg that Anki exported with “Include scheduling information”. Its cards are known
    by their ids; other decks in it are left alone. Again, Hard, Good and Easy become the grades 1, 3, 4
    and 5, and each schedule is worked out anew from the whole log. Pulling a file again changes nothing.
    """
    from srs.cli.anki_translation import marks_of
    from srs.store import Store
    from srs.store.arrival import take_in
    from srs.store.backups import daily_backup

    now = setting.now()
    with Store.existing(setting.store_file) as store:
        today = store.preferences.day(now)
        fronts = {row.id: row.words.partition("\n")[0] for row in store.cards(retired=None)}
        found, pulled = _read(store, setting, file, frozenset(fronts))
        if not as_json:
            _tell(found, pulled, fronts, dry_run=dry_run)
        if not dry_run:
            daily_backup(store.connection, store.path, today)
            take_in(store, pulled.answers)
        may_ask = not (as_json or dry_run) and sys.stdin.isatty() and sys.stdout.isatty()
        suspended = _wanted(
            len(pulled.suspended), "suspended", "--take-suspended", wanted=take_suspended, may_ask=may_ask
        )
        flagged = _wanted(len(pulled.flagged), "flagged", "--take-flags", wanted=take_flags, may_ask=may_ask)
        if not dry_run:
            take_in(store, marks_of(pulled, now, today, suspended=suspended, flagged=flagged))
    if as_json:
        import json

        report = {"file": file, "dry_run": dry_run, **_report(found, pulled)}
        report |= {"took_suspended": suspended and not dry_run, "took_flags": flagged and not dry_run}
        click.echo(json.dumps(report, indent=2, ensure_ascii=False))
    elif dry_run:
        click.echo("Nothing was changed.")


def _read(store: Store, setting: Setting, file: str, cards: frozenset[CardId]) -> tuple[AnkiProgress, Pull]:
    from exporters.anki.progress_reader import read_progress
    from srs.cli.anki_translation import pull_of, utc_offset_minutes
    from srs.store.health import logs

    now, preferences = setting.now(), store.preferences
    found = read_progress(Path(file), cards, utc_offset_minutes=utc_offset_minutes(now))
    pulled = pull_of(
        found.progress,
        logs(store),
        store.scheduler,
        # An answer belongs to the Day that it was here.
        lambda moment: preferences.day(moment.astimezone()),
        now,
    )
    return found, pulled


def _wanted(count: int, state: str, option: str, *, wanted: bool, may_ask: bool) -> bool:
    """Tell whether a state of Anki's is to be taken over: as the option says, else as a person answers."""
    if not count:
        return False
    if wanted:
        return True
    cards = f"{_cards(count)} {'is' if count == 1 else 'are'} {state} in Anki and not here"
    if may_ask:
        return click.confirm(f"{cards}. Take that over?", default=False)
    click.echo(f"{cards}; {option} takes that over.", err=True)
    return False


def _tell(found: AnkiProgress, pulled: Pull, fronts: Mapping[CardId, str], *, dry_run: bool) -> None:
    from shutil import get_terminal_size

    others = f"; {found.foreign} others are left alone" if found.foreign else ""
    click.echo(f"The file holds {_cards(found.found)} of yours{others}.")
    if pulled.misdated:
        click.echo(
            f"{_answers(pulled.misdated)} bear an impossible date (the future, or before there was an Anki) "
            "and stay out; pull again once the clocks are right."
        )
    if not pulled.answers:
        click.echo("Every answer in it was here already.")
        return
    would_be = "would be" if dry_run else "are"
    click.echo(f"{_answers(len(pulled.answers))} to {_cards(len(pulled.moves))} {would_be} new here:")
    width = max(40, get_terminal_size().columns)
    for move in pulled.moves[:_MOST_TOLD]:
        due = f"{_due(move.before) or 'new'} → {_due(move.after) or 'new'}"
        line = f"  {due:<23}  {fronts[move.card]}"
        click.echo(line if len(line) <= width else f"{line[: width - 1]}…")
    if len(pulled.moves) > _MOST_TOLD:
        click.echo(f"  and {len(pulled.moves) - _MOST_TOLD} more: --json lists them all.")


def _report(found: AnkiProgress, pulled: Pull) -> dict[str, Any]:
    return {
        "cards_found": found.found,
        "other_cards": found.foreign,
        "uses_fsrs": found.uses_fsrs,
        "answers_in_file": len(found.progress.answers),
        "new_answers": len(pulled.answers),
        "misdated_answers": pulled.misdated,
        "schedules": [
            {
                "card": move.card,
                "answers": move.answers,
                "due_before": _due(move.before),
                "due_after": _due(move.after),
            }
            for move in pulled.moves
        ],
        "suspended_in_anki": list(pulled.suspended),
        "flagged_in_anki": list(pulled.flagged),
    }


def _due(schedule: Schedule | None) -> str | None:
    return schedule.due.isoformat() if schedule else None


def _cards(count: int) -> str:
    return "1 card" if count == 1 else f"{count} cards"


def _answers(count: int) -> str:
    return "1 answer" if count == 1 else f"{count} answers"
