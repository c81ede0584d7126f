"""The store's file: opened, its settings, its transactions."""

# ruff: noqa: PTH103, PTH110, PTH120 - pathlib costs a third of an interpreter start

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Self, TypeAlias

from cards.errors import StoreError
from srs.review.preferences import Preferences, SchedulerName, preferences, write
from srs.store.connection import SCHEMA, connect, told, transaction, version

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Mapping
    from types import TracebackType

    from srs.review.agenda import Limits
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
        with told(path):
            connection = connect(path)
            try:
                number = version(connection, path)
                if number < SCHEMA:
                    from srs.store.migrations import migrate

                    if number:
                        from srs.store.backups import backup, folder_of

                        backup(connection, folder_of(os.fspath(path)) / f"before-format-{SCHEMA}.db")
                    # With a write-ahead log a reader and a writer do not wait for each other.
                    connection.execute("PRAGMA journal_mode = WAL")
                    migrate(connection)
            except BaseException:
                connection.close()
                raise
        return cls(connection, path)

    @classmethod
    def existing(cls, path: Path) -> Self:
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
            self._preferences = preferences(dict(self._rows("SELECT name, value FROM setting")))
        return self._preferences

    def prefer(self, name: str, value: object) -> None:
        """Store one setting; the caller has read its text with `srs.review.preferences.read`."""
        with self._writing():
            self.connection.execute(
                "INSERT INTO setting (name, value) VALUES (?, ?) "
                "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                (name, write(value)),
            )
        self._preferences = None

    @property
    def scheduler(self) -> Scheduler:
        """The scheduler that is set, with the longest interval that is set."""
        from srs.schedule.sm2 import answer as sm2
        from srs.schedule.sm2 import limited

        chosen = self.preferences
        if chosen.scheduler is SchedulerName.FSRS:
            from srs.schedule.fsrs_fold import scheduler

            return limited(scheduler(chosen.retention), chosen.longest_interval_days)
        return limited(sm2, chosen.longest_interval_days)

    def limits(self) -> dict[str, Limits]:
        """Return each guide's own limits."""
        from srs.review.agenda import Limits

        rows = self._rows("SELECT slug, new_a_day, reviews_a_day FROM guide")
        return {slug: Limits(new, reviews) for slug, new, reviews in rows}

    def limit(self, guide: str, name: str, most: int | None) -> None:
        """Set one of a guide's own limits, `new_a_day` or `reviews_a_day`; None takes it away."""
        column = {"new_a_day": "new_a_day", "reviews_a_day": "reviews_a_day"}[name]
        with self._writing():
            self.connection.execute(f"UPDATE guide SET {column} = ? WHERE slug = ?", (most, guide))  # noqa: S608

    def decks(self) -> dict[str, str]:
        """Return the title of each guide by its slug."""
        return dict(self._rows("SELECT slug, title FROM guide ORDER BY slug"))

    def _rows(self, statement: str, values: Iterable[Any] | Mapping[str, Any] = ()) -> list[Any]:
        with told(self.path):
            return self.connection.execute(statement, values).fetchall()  # type: ignore[arg-type]

    @contextmanager
    def _writing(self) -> Iterator[None]:
        with told(self.path), transaction(self.connection):
            yield
