"""`proofdeck backup`: copy the store to one file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from srs.cli.volume import only_reports

if TYPE_CHECKING:
    from srs.cli.context import CommandContext


@only_reports()
@click.command(name="backup")
@click.argument("file", required=False, type=click.Path(dir_okay=False))
@click.option("--json", "as_json", is_flag=True, help="Print what the copy holds as JSON.")
@click.pass_obj
def command(context: CommandContext, file: str | None, *, as_json: bool) -> None:
    """Copy the store to FILE, or to today's place among the daily backups.

    A sitting and a build make a daily backup by themselves; the last 14 days and the first of each month
    are kept.
    """
    from srs.cli.guard.kept_file import refuse_as_backup
    from srs.store.backups import copy_store, daily_backup_path
    from srs.store.store import Store

    with Store.open_existing(context.store_file) as store:
        today = store.preferences.day(context.now())
        target = Path(file) if file else daily_backup_path(store.path, today)
        if file:
            refuse_as_backup(target, Path(store.path))
        copy_store(store.connection, target)
    if as_json:
        import json

        from srs.store.care.backup_list import backup_figures, backup_record

        click.echo(json.dumps(backup_record(backup_figures(target)), indent=2, ensure_ascii=False))
        return
    click.echo(f"Backed up to {target}")
