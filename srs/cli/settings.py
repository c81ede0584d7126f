"""`proofdeck settings`: what is set, and setting it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from srs.cli.setting import Setting


@click.command(name="settings")
@click.argument("name", required=False)
@click.argument("value", required=False)
@click.pass_obj
def command(setting: Setting, name: str | None, value: str | None) -> None:
    """Show every setting, or one, or set one.

    \b
    new_a_day              new cards a day, over all sittings
    reviews_a_day          due cards a day; 0 for all that are due
    rollover_hour          the local hour at which a day begins
    buttons                six (grades 0 to 5) or four (1 to 4 as in Anki, Space for Good)
    scheduler              sm2 or fsrs; the log serves both, so switching loses nothing
    retention              what fsrs aims at: the share known when a card is due
    longest_interval_days  no interval is longer
    suspend_leeches        on: a card that becomes a leech is not asked any more
    overviews              on: ask the interview questions themselves too
    """  # noqa: D301 - click's mark for a paragraph that is not wrapped
    from srs.preference import RULES, read, write
    from srs.store import Store

    with Store.existing(setting.store_file) as store:
        if name is None:
            for each in RULES:
                click.echo(f"{each:<22} {write(getattr(store.preferences, each))}")
            return
        if value is None:
            read(name, write(getattr(store.preferences, name, None)))
            click.echo(write(getattr(store.preferences, name)))
            return
        chosen = read(name, value)
        before = store.preferences
        store.prefer(name, chosen)
        if name in {"scheduler", "retention", "longest_interval_days"}:
            from srs.store.doctor import mend

            try:
                moved = mend(store)
            except BaseException:
                # A scheduler that cannot be loaded must not lock the person out of their reviews.
                store.prefer(name, getattr(before, name))
                raise
            click.echo(f"{moved} schedules were worked out anew from the log.")
        click.echo(f"{name} is {write(chosen)}.")
