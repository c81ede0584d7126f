"""`proofdeck backup`: a copy of the store in one file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from srs.cli.context import Setting


@click.command(name="backup")
@click.argument("file", required=False, type=click.Path(dir_okay=False))
@click.pass_obj
def command(setting: Setting, file: str | None) -> None:
    """Copy the store to FILE, or to today's place among the daily backups.

    A sitting and a build make a daily backup by themselves; the last 14 days and the first of each month
    are kept.
    """
    from srs.store import Store
    from srs.store.backups import backup, daily_path

    with Store.existing(setting.store_file) as store:
        today = store.preferences.day(setting.now())
        target = Path(file) if file else daily_path(store.path, today)
        backup(store.connection, target)
    click.echo(f"Backed up to {target}")
