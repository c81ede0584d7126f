"""`proofdeck doctor`: check the store and, if wanted, mend it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from srs.words import count

if TYPE_CHECKING:
    from srs.cli.context import CommandContext
    from srs.review.log import Standing


@click.command(name="doctor")
@click.option("--yes", is_flag=True, help="Mend without asking.")
@click.option("--no", "only_look", is_flag=True, help="Check without mending.")
@click.pass_context
def command(ctx: click.Context, *, yes: bool, only_look: bool) -> None:
    """Verify the store: its file, its references, and every schedule against the log.

    The log is the truth; a schedule that is not what the log says is computed again, after asking.
    """
    from srs.cli.daily_backup import sync_warnings
    from srs.store.health import check_health, rebuild_standings
    from srs.store.store import Store

    context: CommandContext = ctx.obj
    with Store.open_existing(context.store_file) as store:
        found = check_health(store)
        if found.damage:
            for line in found.damage[:20]:
                click.echo(line)
            click.echo(f"{store.path} is damaged. `proofdeck restore` brings back the last backup.")
            ctx.exit(1)
        click.echo(f"The file is sound: {found.cards} cards, {found.entries} entries in the log.")
        for line in sync_warnings(store.path):
            click.echo(line)
        today = store.preferences.day(context.now())
        last = store.log.future_day(today)
        if last is not None:
            click.echo(f"The log goes to {last}, but today is {today}: a clock is wrong, or was.")
        if not found.wrong_standings:
            click.echo("Every schedule is what the log says.")
            return
        for wrong in found.wrong_standings[:20]:
            stored, from_log = _standing_text(wrong.stored), _standing_text(wrong.from_log)
            click.echo(f"{wrong.card}: stored {stored}, the log says {from_log}")
        number = count(len(found.wrong_standings), "schedule is", "schedules are")
        click.echo(f"{number} not what the log says.")
        if only_look or not (yes or click.confirm("Compute them again from the log?")):
            ctx.exit(1)
        click.echo(f"Mended: {rebuild_standings(store)}.")


def _standing_text(standing: Standing) -> str:
    words = []
    if standing.schedule is None:
        words.append("new")
    else:
        words.append(f"due {standing.schedule.due} after {standing.schedule.interval_days} d")
    if standing.suspended:
        words.append("suspended")
    if standing.buried_until:
        words.append(f"buried until {standing.buried_until}")
    if standing.flag is not None:
        words.append("flagged")
    return ", ".join(words)
