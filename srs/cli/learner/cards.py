"""`proofdeck cards`: list the cards, all of them or those that hold some words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from srs.words import shorten

if TYPE_CHECKING:
    from datetime import date

    from srs.cli.context import CommandContext
    from srs.store.row import CardRow

_WIDE_COLUMNS = 60
"""Columns from which a card's words have room beside its id."""


@click.command(name="cards")
@click.argument("query", nargs=-1)
@click.option("--deck", metavar="DECK", help="Only this deck's.")
@click.option("--flagged", is_flag=True, help="Only flagged ones, with their notes.")
@click.option("--leeches", is_flag=True, help="Only leeches: cards that lapsed 8 times or more.")
@click.option("--suspended", is_flag=True, help="Only suspended ones.")
@click.option("--retired", is_flag=True, help="Only those that are no longer in their guide.")
@click.option("--held", is_flag=True, help="Only those whose code does not hold now.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
@click.pass_obj
def command(
    context: CommandContext,
    query: tuple[str, ...],
    deck: str | None,
    *,
    flagged: bool,
    leeches: bool,
    suspended: bool,
    retired: bool,
    held: bool,
    as_json: bool,
) -> None:
    """List the cards that hold every word of QUERY, in the guide's order.

    The words are looked for in question, front, back, tags, kind and id.
    """
    from srs.cli.deck_choice import find_deck
    from srs.schedule.sm2 import is_leech
    from srs.store.store import Store

    with Store.open_existing(context.store_file) as store:
        rows = [
            row
            for row in store.cards.rows(find_deck(store, deck), retired=retired, held=held)
            if _matches(row, query)
            and (not flagged or row.standing.flag is not None)
            and (not suspended or row.standing.suspended)
            and (
                not leeches or (row.standing.schedule is not None and is_leech(row.standing.schedule.lapses))
            )
        ]
        today = store.preferences.day(context.now())
    if as_json:
        import json

        click.echo(json.dumps([_card_json(row) for row in rows], indent=2, ensure_ascii=False))
        return
    if not rows:
        click.echo("No card fits.")
        return
    from shutil import get_terminal_size

    width = max(40, get_terminal_size().columns)
    for row in rows:
        click.echo(_line(row, today, width, located=flagged or leeches))


def _matches(row: CardRow, query: tuple[str, ...]) -> bool:
    text = "\n".join((row.id, row.question, row.words, row.kind, *row.tags)).casefold()
    return all(word.casefold() in text for word in query)


def _line(row: CardRow, today: date, width: int, *, located: bool) -> str:
    line = f"{row.id}  {_state(row, today):<10}"
    words = row.words.split("\n", 1)[0]
    if width < _WIDE_COLUMNS:
        line = f"{line.rstrip()}\n{shorten(f'  {words}', width)}"
    else:
        line = shorten(f"{line}  {words}", width)
    if row.standing.flag:
        line += f"\n{'':18}flag: {row.standing.flag}"
    if located:
        line += f"\n{'':18}{row.source_path}:{row.source_line}"
    return line


def _state(row: CardRow, today: date) -> str:
    standing = row.standing
    if row.retired:
        return "held" if row.held else "retired"
    if standing.suspended:
        return "suspended"
    if standing.buried_until is not None and standing.buried_until > today:
        return "buried"
    if standing.schedule is None:
        return "new"
    return "due" if standing.schedule.due <= today else standing.schedule.due.isoformat()


def _card_json(row: CardRow) -> dict[str, object]:
    schedule = row.standing.schedule
    return {
        "id": row.id,
        "guide": row.guide,
        "kind": row.kind,
        "question": row.question,
        "words": row.words,
        "tags": list(row.tags),
        "source": f"{row.source_path}:{row.source_line}",
        "retired": row.retired and not row.held,
        "held": row.held,
        "suspended": row.standing.suspended,
        "flag": row.standing.flag,
        "due": schedule.due.isoformat() if schedule else None,
        "interval_days": schedule.interval_days if schedule else None,
        "ease_factor": schedule.ease_factor / 100 if schedule else None,
        "repetitions": schedule.repetitions if schedule else None,
        "lapses": schedule.lapses if schedule else None,
    }
