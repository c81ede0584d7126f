"""The daily backup, which reviews and builds make by themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from cards.errors import ProofdeckError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from srs.store.store import Store


class DailyBackup:
    """The backup of a Day, made before the first thing that is logged on it."""

    def __init__(self, store: Store) -> None:
        """Stand by; nothing is made yet."""
        self._store = store
        self._days: set[date] = set()
        self._trouble: list[str] = []

    def make(self, at: datetime) -> None:
        """Make the backup of a moment's Day unless there is one; a failure stops nothing."""
        day = self._store.preferences.day(at)
        if day not in self._days:
            self._days.add(day)
            self._trouble += _try_backup(self._store, day)

    def tell(self) -> None:
        """Print what went wrong, and what may go wrong, each once a Day."""
        _tell(self._trouble)


def try_daily_backup(store: Store, today: date) -> None:
    """Make the Day's backup if there is none yet; a failure is reported and stops nothing.

    Raises StoreError where the store, too, can only be read.
    """
    store.refuse_unless_writable()
    _tell(_try_backup(store, today))


def _tell(lines: Iterable[str]) -> None:
    from srs.cli.output.program_name import as_called

    for line in lines:
        click.echo(as_called(line), err=True)


def sync_warnings(path: str) -> list[str]:
    """Return what there is to say of a store in a folder that a program keeps in step with other machines."""
    from pathlib import Path

    from srs.store.place.synced_folder import conflicting_copies, syncing_program

    place = Path(path)
    lines = []
    if program := syncing_program(place.parent):
        lines.append(
            f"{place} lies in a folder of {program}, which copies files while they are written and keeps one "
            "of two. Keep the store elsewhere (--home), and carry it with `proofdeck backup` and "
            "`proofdeck merge`."
        )
    lines += [
        f"{copy} looks like a copy that two machines made: `proofdeck merge` brings its reviews in."
        for copy in conflicting_copies(place)
    ]
    return lines


def _try_backup(store: Store, today: date) -> list[str]:
    """Make the Day's backup; return lines about what failed, and what endangers the store."""
    from srs.store.backups import make_daily_backup

    try:
        made = make_daily_backup(store.connection, store.path, today)
    except ProofdeckError as error:
        return [f"Today's backup could not be made. {error}"]
    return sync_warnings(store.path) if made else []
