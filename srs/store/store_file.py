"""The store's file: opened, its settings, its transactions."""

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
    from collections.abc import Iterable, Iterator, Mapping
    from types import TracebackType

    from srs.review.agenda import DayLimits
    from srs.schedule.sm2 import Scheduler

    Path: TypeAlias = str | os.PathLike[str]


class StoreFile:
    """One person's cards, log and settings in one SQLite file."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        """Use `open` or `existing` instead."""
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
        """Close the file."""
        self.connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def preferences(self) -> Preferences:
        """All settings."""
        if self._preferences is None:
            self._preferences = preferences_from(dict(self._rows("SELECT name, value FROM setting")))
        return self._preferences

    def save_preference(self, name: str, value: object) -> None:
        """Store one setting; the caller has read its text with `srs.review.preferences.read`."""
        with self._write_transaction():
            self.connection.execute(
                "INSERT INTO setting (name, value) VALUES (?, ?) "
                "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                (name, format_preference(value)),
            )
        self._preferences = None

    @property
    def scheduler(self) -> Scheduler:
        """The scheduler that is set, with the longest interval that is set."""
        from srs.schedule.sm2 import limit_intervals
        from srs.schedule.sm2 import sm2_schedule as sm2

        chosen = self.preferences
        if chosen.scheduler is SchedulerName.FSRS:
            from srs.schedule.fsrs_scheduler import fsrs_scheduler

            return limit_intervals(fsrs_scheduler(chosen.retention), chosen.longest_interval_days)
        return limit_intervals(sm2, chosen.longest_interval_days)

    def limits(self) -> dict[str, DayLimits]:
        """Return each guide's own limits."""
        from srs.review.agenda import DayLimits

        rows = self._rows("SELECT slug, new_a_day, reviews_a_day FROM guide")
        return {slug: DayLimits(new, reviews) for slug, new, reviews in rows}

    def limit(self, guide: str, name: str, most: int | None) -> None:
        """Set one of a guide's own limits, `new_a_day` or `reviews_a_day`; None takes it away."""
        column = {"new_a_day": "new_a_day", "reviews_a_day": "reviews_a_day"}[name]
        with self._write_transaction():
            self.connection.execute(f"UPDATE guide SET {column} = ? WHERE slug = ?", (most, guide))  # noqa: S608

    def decks(self) -> dict[str, str]:
        """Return the title of each guide by its slug."""
        return dict(self._rows("SELECT slug, title FROM guide ORDER BY slug"))

    def _rows(self, statement: str, values: Iterable[Any] | Mapping[str, Any] = ()) -> list[Any]:
        with translate_errors(self.path):
            return self.connection.execute(statement, values).fetchall()  # type: ignore[arg-type]

    @contextmanager
    def _write_transaction(self) -> Iterator[None]:
        with translate_errors(self.path), transaction(self.connection):
            yield
