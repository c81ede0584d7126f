"""`proofdeck decks`: list the decks; rename, remove or forget one."""

from __future__ import annotations

import json
import os
import sys
from typing import TYPE_CHECKING, Any

import click

from cards.errors import ProofdeckError
from srs.cli.output.program_name import as_called
from srs.cli.output.wrapped_lines import print_wrapped
from srs.cli.volume import only_reports
from srs.words import count

if TYPE_CHECKING:
    from srs.cli.context import CommandContext
    from srs.review.deck_row import DeckName, DeckRow
    from srs.store.store import Store


@click.group(name="decks", invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="Print the list as JSON.")
@click.pass_context
def command(ctx: click.Context, *, as_json: bool) -> None:
    """List the decks of the store, one for each guide that was built; rename, remove or forget one.

    DECK is a deck's short name, which the list begins with, its title, or the beginning of either.
    """
    if ctx.invoked_subcommand is None:
        _list_decks(ctx.obj, as_json=as_json)


@only_reports()
@command.command(name="rename")
@click.argument("deck")
@click.argument("name")
@click.pass_obj
def rename(context: CommandContext, deck: str, name: str) -> None:
    """Call DECK by NAME, in the terminal and, from the next build on, in its package.

    Anki leaves the cards that it has in the deck they are in, and puts new ones into one of the new name:
    rename the deck there too, before the next import. A guide that names its deck in its front matter
    goes on to do so.
    """
    from srs.store.store import Store

    wanted = " ".join(name.split())
    with Store.open_existing(context.store_file) as store:
        chosen = _find(store, deck)
        if not wanted:
            raise ProofdeckError("A deck needs a name; give it some letters.")
        twins = [each for each in store.decks.names() if each.name.casefold() == wanted.casefold()]
        if any(each.guide != chosen.guide for each in twins):
            raise ProofdeckError(f"Another deck is called “{twins[0].name}” already ({twins[0].short_name}).")
        store.decks.rename(chosen.guide, wanted)
    click.echo(f"“{chosen.name}” is called “{wanted}” now; its next build writes that into the Anki deck.")


@only_reports()
@command.command(name="remove")
@click.argument("deck")
@click.pass_obj
def remove(context: CommandContext, deck: str) -> None:
    """Take DECK out of use: no card of it is asked any more; schedules and log are kept.

    A later build of its guide takes it up again, with all its history.
    """
    from srs.store.store import Store

    with Store.open_existing(context.store_file) as store:
        chosen = _find(store, deck)
        retired = store.decks.remove(chosen.guide)
    its = "its" if retired == 1 else "their"
    click.echo(
        f"“{chosen.name}” is removed: {count(retired, 'card')} not asked any more, kept with {its} history. "
        "A build of its guide takes them up again. In Anki, delete or suspend the deck yourself."
    )


@only_reports()
@command.command(name="forget")
@click.argument("deck")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_context
def forget(ctx: click.Context, deck: str, *, yes: bool) -> None:
    """Delete DECK with all its cards and reviews from the store; a backup is made before.

    The guide and its lock stay. A build of it makes the deck again, with every card new; `proofdeck merge`
    of the backup, or of another machine's store, brings the reviews back.
    """
    from srs.store.backups import BEFORE_FORGETTING, backup_folder, copy_store
    from srs.store.store import Store

    context: CommandContext = ctx.obj
    with Store.open_existing(context.store_file) as store:
        chosen = _find(store, deck)
        row = _row(store, context, chosen)
        cards = count(row.cards + row.retired, "card")
        if not yes:
            if not (sys.stdin.isatty() and sys.stderr.isatty()):
                raise ProofdeckError(f"{deck}: to delete {cards} and their reviews, say --yes.")
            click.confirm(f"Delete “{chosen.name}” with {cards} and all their reviews?", abort=True, err=True)
        moment = context.now().strftime("%Y-%m-%d-%H%M%S")
        backup = backup_folder(store.path) / f"{BEFORE_FORGETTING}-{moment}.db"
        copy_store(store.connection, backup)
        deleted, entries = store.decks.forget(chosen.guide)
    click.echo(
        f"“{chosen.name}” is forgotten: {count(deleted, 'card')}, {count(entries, 'entry', 'entries')} of "
        f"the log. The store as it was is in {backup}."
    )


def _find(store: Store, deck: str) -> DeckName:
    from srs.cli.deck_choice import find_deck

    guide = find_deck(store, deck)
    return next(each for each in store.decks.names() if each.guide == guide)


def _row(store: Store, context: CommandContext, deck: DeckName) -> DeckRow:
    rows = store.decks.rows(store.preferences.day(context.now()))
    return next(row for row in rows if row.guide == deck.guide)


def _list_decks(context: CommandContext, *, as_json: bool) -> None:
    from srs.store.store import Store

    with Store.open_existing(context.store_file) as store:
        rows = store.decks.rows(store.preferences.day(context.now()))
    if as_json:
        click.echo(json.dumps([_as_json(row) for row in rows], indent=2, ensure_ascii=False))
        return
    if not rows:
        click.echo(as_called("There are no decks yet. Run `proofdeck build`; it makes one from a guide."))
        return
    for row in rows:
        print_wrapped([_line(row, max(len(row.short_name) for row in rows))])
        click.echo(click.style(f"  {_place(row)}", dim=True))


def _line(row: DeckRow, width: int) -> str:
    name = click.style(f"{row.short_name:<{width}}", bold=True)
    if row.removed:
        return f"{name}  {row.name}  removed, {count(row.retired, 'card')} kept"
    built = f", built on {row.built_on}" if row.built_on else ""
    return f"{name}  {row.name}  {count(row.cards, 'card')}, {row.new} new, {row.due} due{built}"


def _place(row: DeckRow) -> str:
    if row.path is None:
        return "its guide was never built here, or became another deck"
    home = os.path.expanduser("~")  # noqa: PTH111 - text is all that is wanted
    shown = f"~{row.path[len(home) :]}" if row.path.startswith(home + os.sep) else row.path
    return shown if os.path.exists(row.path) else f"{shown} is gone"  # noqa: PTH110


def _as_json(row: DeckRow) -> dict[str, Any]:
    return {
        "deck": row.short_name,
        "name": row.name,
        "guide_id": row.guide,
        "guide": row.path,
        "guide_is_there": row.path is not None and os.path.exists(row.path),  # noqa: PTH110
        "built_on": row.built_on.isoformat() if row.built_on else None,
        "removed": row.removed,
        "cards": row.cards,
        "new": row.new,
        "due": row.due,
        "retired": row.retired,
    }
