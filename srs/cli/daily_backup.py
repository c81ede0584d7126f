"""The daily backup, which reviews and builds make by themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from cards.errors import ProofdeckError

if TYPE_CHECKING:
    from datetime import date

    from srs.store.store import Store


def try_daily_backup(store: Store, today: date) -> None:
    """Make the Day's backup if there is none yet; a failure is reported and stops nothing."""
    from srs.store.backups import make_daily_backup

    try:
        make_daily_backup(store.connection, store.path, today)
    except ProofdeckError as error:
        click.echo(f"Today's backup could not be made. {error}", err=True)
