"""`proofdeck relink`: say which card is which."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import click

from cards.errors import LockError, ProofdeckError
from cards.lock.lock import lock_text
from cards.lock.rebind import find_card, relink, unlink
from srs.cli.build.guide_file import find_guide
from srs.cli.identity.lost_lock import locked_card
from srs.cli.output.program_name import as_called, with_file
from srs.cli.volume import only_reports
from srs.store.read_only import read_other_cards

if TYPE_CHECKING:
    from cards.lock.lock import Lock, LockedCard
    from srs.cli.context import CommandContext


@only_reports()
@click.command
@click.argument("cards", nargs=-1, required=True, metavar="OLD NEW")
@click.option(
    "--undo", is_flag=True, help="Take the last rebinding of a card back (one CARD instead of OLD NEW)."
)
@click.option("--guide", metavar="FILE", type=click.Path(), help="The guide.  [default: the bundled one]")
@click.pass_context
def command(ctx: click.Context, cards: tuple[str, ...], *, undo: bool, guide: str | None) -> None:
    """Say that the card NEW is the retired card OLD, so that it keeps OLD's history.

    A build does this by itself where it is sure, and reports what it is not sure of. OLD may have stood in
    another guide of your store. With --undo it takes a rebinding back, whoever made it. Build again
    afterwards.
    """
    context: CommandContext = ctx.obj
    file = find_guide(context, guide)
    lock = file.lock()
    if lock is None:
        raise ProofdeckError(f"{file.shown}: there is no lock yet; run `proofdeck build`.")
    if len(cards) != (1 if undo else 2):
        raise click.UsageError("--undo takes one card." if undo else "Name two cards: OLD NEW.")
    if undo:
        card = find_card(lock, cards[0])
        lock, identity = unlink(lock, card)
        said = f"{card.id} is retired with its history; “{_shorten(card.front)}” is the new card {identity}."
    else:
        new = find_card(lock, cards[1])
        lock, old = _with_old_card(lock, cards[0], context)
        lock = relink(lock, old, new)
        said = f"“{_shorten(new.front)}” is now {old.id}, with its history."
    file.write_lock(lock_text(lock))
    click.echo(as_called(f"{said}\nRun `proofdeck {with_file('build', guide)}` to take it up."))


def _with_old_card(lock: Lock, named: str, context: CommandContext) -> tuple[Lock, LockedCard]:
    """Return a card that a person named, and the lock with it: it may have stood in another guide."""
    try:
        return lock, find_card(lock, named)
    except LockError:
        found = [card for card in read_other_cards(context.store_file, lock.id, named) if named]
        if len(found) != 1:
            raise
    old = locked_card(found[0])
    return replace(lock, cards=(*lock.cards, old)), old


def _shorten(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= 60 else f"{line[:59]}…"
