"""Open the store's file, read and write its settings, and run transactions."""

# ruff: noqa: PTH103, PTH110, PTH120 - pathlib costs a third of an interpreter start

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Self, TypeAlias

from cards.errors import StoreError
from srs.review.preferences import Preferences, SchedulerName, format_preference, preferences_from
from srs.store.connection import SCHEMA_VERSION, connect, read_schema_version, transaction, translate_errors

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Mapping, Sequence
    from types import TracebackType

    from srs.schedule.sm2 import Scheduler

    Path: TypeAlias = str | os.PathLike[str]


class StoreFile:
    """The open SQLite file that all parts of the store share, with its settings and transactions."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        """Keep an open connection; callers use `open` or `open_existing` instead."""
        self.connection = connection
        self.path = os.fspath(path)
        self._preferences: Preferences | None = None

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open the store, made or brought up to date where needed; raises StoreError with what to do."""
        folder = os.path.dirname(path) or "."
        try:
            os.makedirs(folder, exist_ok=True)
        except OSError as error:
            raise StoreError(
                f"{folder} cannot be made: {error.strerror}. Choose another with --home."
            ) from error
        with translate_errors(path):
            connection = connect(path)
            try:
                number = read_schema_version(connection, path)
                if number < SCHEMA_VERSION:
                    from srs.store.migrations import migrate

                    if number:
                        from srs.store.backups import backup_folder, copy_store

                        copy_store(
                            connection, backup_folder(os.fspath(path)) / f"before-format-{SCHEMA_VERSION}.db"
                        )
                    # With a write-ahead log a reader and a writer do not wait for each other.
                    connection.execute("PRAGMA journal_mode = WAL")
                    migrate(connection)
            except BaseException:
                connection.close()
                raise
        return cls(connection, path)

    @classmethod
    def open_existing(cls, path: Path) -> Self:
        """Open the store that a build made; raises StoreError where there is none."""
        if not os.path.exists(path):
            raise StoreError(
                "There are no cards yet. Run `proofdeck build` first; it makes them from a guide."
            )
        return cls.open(path)

    def close(self) -> None:
        """Close the store's file."""
        self.connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def preferences(self) -> Preferences:
        """All settings of the store."""
        if self._preferences is None:
            self._preferences = preferences_from(dict(self.rows("SELECT name, value FROM setting")))
        return self._preferences

    def save_preference(self, name: str, value: object) -> None:
        """Store one setting; the caller has read its text with `srs.review.preferences.parse_preference`."""
        with self.write_transaction() as connection:
            connection.execute(
                "INSERT INTO setting (name, value) VALUES (?, ?) "
                "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                (name, format_preference(value)),
            )
        self._preferences = None

    @property
    def scheduler(self) -> Scheduler:
        """The scheduler chosen in the settings, with their longest interval applied."""
        from srs.schedule.sm2 import limit_intervals, sm2_schedule

        chosen = self.preferences
        if chosen.scheduler is SchedulerName.FSRS:
            from srs.schedule.fsrs_scheduler import fsrs_scheduler

            return limit_intervals(fsrs_scheduler(chosen.retention), chosen.longest_interval_days)
        return limit_intervals(sm2_schedule, chosen.longest_interval_days)

    def rows(self, statement: str, values: Sequence[object] | Mapping[str, object] = ()) -> list[Any]:
        """Return all rows that a statement selects."""
        with translate_errors(self.path):
            return self.connection.execute(statement, values).fetchall()

    @contextmanager
    def write_transaction(self) -> Iterator[sqlite3.Connection]:
        """Commit what the block writes through the connection, or nothing of it."""
        with translate_errors(self.path), transaction(self.connection):
            yield self.connection
