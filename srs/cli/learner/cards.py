"""`proofdeck cards`: list the cards, all of them or those that fit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from srs.cli.context import CommandContext
    from srs.review.card_row import CardRow


@click.command(name="cards")
@click.argument("query", nargs=-1)
@click.option("--deck", metavar="DECK", help="Only this deck's.")
@click.option("--kind", metavar="KIND", help="Only of this kind, as reports call it: `gaps to fill`.")
@click.option("--section", metavar="WORDS", help="Only from sections with these words in their names.")
@click.option("--tag", metavar="TAG", help="Only with this tag or one below it.")
@click.option("--due", is_flag=True, help="Only those due today or earlier.")
@click.option("--new", is_flag=True, help="Only those that were never answered.")
@click.option("--flagged", is_flag=True, help="Only flagged ones, with their notes.")
@click.option(
    "--leech", "--leeches", "leech", is_flag=True, help="Only leeches: cards that lapsed 8 times or more."
)
@click.option("--suspended", is_flag=True, help="Only suspended ones.")
@click.option("--retired", is_flag=True, help="Only those that are no longer in their guide.")
@click.option("--held", is_flag=True, help="Only those whose code does not hold now.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
@click.pass_obj
def command(
    context: CommandContext,
    query: tuple[str, ...],
    deck: str | None,
    kind: str | None,
    section: str | None,
    tag: str | None,
    *,
    due: bool,
    new: bool,
    flagged: bool,
    leech: bool,
    suspended: bool,
    retired: bool,
    held: bool,
    as_json: bool,
) -> None:
    """List the cards that hold every word of QUERY, below their questions, in the guide's order.

    The words are looked for in question, front, back, tags, kind and id. Options say more: a card must fit
    all of them. On a terminal a list that is longer than the screen goes to your pager.
    """
    from srs.cli.deck_choice import find_deck
    from srs.cli.listing.card_filter import CardFilter
    from srs.cli.listing.kind_choice import find_kind
    from srs.cli.listing.section_choice import rows_of_section
    from srs.cli.tag_choice import require_tag
    from srs.store.store import Store

    with Store.open_existing(context.store_file) as store:
        guide = find_deck(store, deck)
        wanted = CardFilter(
            words=query,
            kind=None if kind is None else find_kind(kind),
            tag=require_tag(store, tag, guide),
            due=due,
            new=new,
            leech=leech,
            flagged=flagged,
            suspended=suspended,
        )
        today = store.preferences.day(context.now())
        listed = rows_of_section(store.cards.rows(guide, retired=retired, held=held), section)
        rows = wanted.chosen(listed, today)
    if as_json:
        import json

        click.echo(json.dumps([_card_json(row) for row in rows], indent=2, ensure_ascii=False))
        return
    if not rows:
        click.echo("No card fits.")
        return
    from srs.cli.listing.card_lines import card_lines
    from srs.cli.listing.pager import print_paged
    from srs.cli.output.wrapped_lines import terminal_columns
    from srs.words import count

    width = terminal_columns()
    lines = list(card_lines(rows, today, width, located=flagged or leech))
    print_paged([*lines, *([] if width is None else [count(len(rows), "card")])])


def _card_json(row: CardRow) -> dict[str, object]:
    schedule = row.standing.schedule
    return {
        "id": row.id,
        "guide": row.guide,
        "kind": row.kind,
        "question": row.question,
        "title": row.title,
        "section": row.section,
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
