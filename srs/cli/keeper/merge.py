"""`proofdeck merge`: unite the reviews of two machines."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from srs.cli.volume import only_reports
from srs.words import count

if TYPE_CHECKING:
    from srs.cli.context import CommandContext


@only_reports()
@click.command(name="merge")
@click.argument("other", type=click.Path(dir_okay=False), metavar="OTHER.db")
@click.pass_obj
def command(context: CommandContext, other: str) -> None:
    """Bring another store's reviews into this one.

    The logs are united and every schedule they touch is computed again. The other store is only read, and
    merging it again changes nothing; merge in both directions to have the same on both machines.
    """
    from srs.store.backups import make_daily_backup
    from srs.store.store import Store
    from srs.store.store_merge import merge_store

    with Store.open(context.store_file) as store:
        store.refuse_unless_writable()
        make_daily_backup(store.connection, store.path, store.preferences.day(context.now()))
        merged = merge_store(store, other)
    if not merged.anything:
        click.echo("Everything that is in it was here already.")
        return
    parts = [
        f"{count(number, noun, plural)} {state}"
        for number, noun, plural, state in (
            (merged.entries, "entry", "entries", "new here"),
            (merged.cards, "card", "cards", "new here"),
            (merged.attempts, "attempt at a task", "attempts at tasks", "new here"),
            (merged.undone, "entry", "entries", "undone there"),
        )
        if number
    ]
    click.echo(f"{', '.join(parts)}.")
    if merged.twins:
        have = "has" if merged.twins == 1 else "have"
        click.echo(
            f"{count(merged.twins, 'card')} of them {have} the words of one that was here already, as where "
            "a guide was built on both machines without a lock in common: both are asked. `proofdeck decks` "
            "lists the decks, and `proofdeck decks remove DECK` takes one out of use."
        )
