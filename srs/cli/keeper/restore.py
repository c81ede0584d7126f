"""`proofdeck restore`: replace the store by a backup."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from srs.cli.context import CommandContext


@click.command(name="restore")
@click.argument("backup", required=False, type=click.Path(dir_okay=False), metavar="[BACKUP]")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_context
def command(ctx: click.Context, backup: str | None, *, yes: bool) -> None:
    """Put BACKUP in the store's place; without one, list what there is.

    What the store holds now is kept beside the backups, so that `proofdeck merge` can bring its reviews back.
    """
    from srs.store.backups import backup_folder, list_backups, restore_backup

    context: CommandContext = ctx.obj
    path = context.store_file
    if backup is None:
        found = list_backups(path)
        for name in found:
            click.echo(name)
        click.echo("`proofdeck restore BACKUP` puts one in place." if found else "There are no backups yet.")
        return
    if not (yes or click.confirm(f"Put {backup} in the place of {path}?")):
        ctx.exit(1)
    moment = context.now().strftime("%Y-%m-%d-%H%M%S")
    if restore_backup(path, Path(backup), aside := backup_folder(path) / f"replaced-{moment}.db"):
        click.echo(f"What was there before is in {aside}; `proofdeck merge` brings its reviews back.")
    click.echo(f"Restored {backup}.")
