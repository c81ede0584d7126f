"""`proofdeck mark`: suspend, resume, bury or flag a card outside a sitting."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import click

from srs.cli.volume import only_reports

if TYPE_CHECKING:
    from srs.cli.context import CommandContext


@only_reports()
@click.command(name="mark")
@click.argument("card")
@click.argument("act", type=click.Choice(["suspend", "resume", "bury", "flag", "unflag"]))
@click.argument("note", required=False)
@click.pass_obj
def command(context: CommandContext, card: str, act: str, note: str | None) -> None:
    """Suspend a card, resume it, bury it until tomorrow, flag it with a NOTE, or take its flag off.

    CARD is its id, the beginning of it, or words (in quotes) that only one card holds; `proofdeck undo` takes
    the mark back.
    """
    from srs.cli.daily_backup import try_daily_backup
    from srs.cli.listing.card_choice import find_card
    from srs.review.log import Act
    from srs.store.store import Store

    with Store.open_existing(context.store_file) as store:
        found = find_card(store, [card])
        shown = store.cards.show(found)
        if shown is None:
            return
        now = context.now()
        try_daily_backup(store, store.preferences.day(now))
        store.log.record_act(
            found,
            Act(act),
            at=now,
            seen=shown.revision,
            note=note or "" if act == "flag" else None,
            until=store.preferences.day(now) + timedelta(days=1) if act == "bury" else None,
        )
        click.echo(f"{act} {found}")
