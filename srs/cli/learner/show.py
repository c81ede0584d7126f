"""`proofdeck show`: print one card, its proof and its schedule."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from srs.cli.context import CommandContext


@click.command(name="show")
@click.argument("card", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
@click.pass_obj
def command(context: CommandContext, card: tuple[str, ...], *, as_json: bool) -> None:
    """Print a card, its proof and its schedule.

    CARD is its id, the beginning of it, or words that only one card holds.
    """
    from srs.cli.listing.card_choice import find_card
    from srs.screen.card_page import card_page
    from srs.screen.shown_console import ShownConsole
    from srs.screen.side.table_view import rich_text
    from srs.screen.side_view import SideLook
    from srs.store.store import Store

    with Store.open_existing(context.store_file) as store:
        shown = store.cards.show(find_card(store, card))
        if shown is not None and as_json:
            from srs.screen.card_json import shown_card_json

            click.echo(shown_card_json(shown))
        elif shown is not None:
            console = ShownConsole(highlight=False)
            look = SideLook(has_weights=console.color_system is not None)
            for line in card_page(shown, min(console.width, 100), look):
                console.print(rich_text(line), soft_wrap=True)
