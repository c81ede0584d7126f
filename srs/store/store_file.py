"""Open the store's file, read and write its settings, and run transactions."""

# ruff: noqa: PTH103, PTH110, PTH120, PTH202 - pathlib costs a third of an interpreter start

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Self, TypeAlias

from cards.errors import StoreError
from srs.review.preferences import (
    Preferences,
    SchedulerName,
    format_preference,
    preferences_from,
    unread_preferences,
)
from srs.store.connection import (
    SCHEMA_VERSION,
    connect,
    read_schema_version,
    transaction,
    translate_errors,
    write_back,
)
from srs.store.place.file_mark import read_mark
from srs.store.place.folder_lock import FolderLock

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from types import TracebackType

    from srs.review.log import EntryId, LogEntry
    from srs.schedule.sm2 import Scheduler

    Path: TypeAlias = str | os.PathLike[str]


class StoreFile:
    """The open SQLite file that all parts of the store share, with its settings and transactions."""

    def __init__(self, connection: sqlite3.Connection, path: Path, lock: FolderLock) -> None:
        """Keep an open connection; callers use `open` or `open_existing` instead."""
        self.connection = connection
        self.path = os.fspath(path)
        self._lock = lock
        self._preferences: Preferences | None = None
        self._acknowledged: dict[EntryId, LogEntry] = {}
        """What was logged here since the store was opened, as a person was told."""
        self._lost = ""
        """What became of the file and where its content is kept, once that was told."""
        self._mark = read_mark(self.path)
        self._data_version = self._read_data_version()

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
        lock = FolderLock(folder)
        try:
            _refuse_leftover_log(os.fspath(path), lock)
            return cls(cls._connect(path), path, lock)
        except BaseException:
            lock.release()
            raise

    @classmethod
    def _connect(cls, path: Path) -> sqlite3.Connection:
        try:
            with translate_errors(path):
                return cls._connect_to_write(path)
        except StoreError as error:
            import sqlite3

            if not isinstance(error.__cause__, sqlite3.OperationalError):
                raise
            connection = _connect_to_read(os.fspath(path), error.__cause__)
            if connection is None:
                raise
            return connection

    @classmethod
    def _connect_to_write(cls, path: Path) -> sqlite3.Connection:
        connection = connect(path)
        try:
            number = read_schema_version(connection, path)
            if number < SCHEMA_VERSION:
                if number:
                    _refuse_old_format(os.fspath(path))
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
        return connection

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
        self._acknowledged.clear()
        self.connection.close()
        self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if self._acknowledged and not self._lost:
                self.check_place()
        finally:
            self.close()

    @property
    def preferences(self) -> Preferences:
        """All settings of the store."""
        if self._preferences is None:
            self._preferences = preferences_from(dict(self.rows("SELECT name, value FROM setting")))
        return self._preferences

    def unread_preferences(self) -> dict[str, str]:
        """Return the settings that are kept as they are and not used: this version does not know them."""
        return unread_preferences(dict(self.rows("SELECT name, value FROM setting")))

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

            return limit_intervals(
                fsrs_scheduler(chosen.retention, chosen.fsrs), chosen.longest_interval_days
            )
        return limit_intervals(sm2_schedule, chosen.longest_interval_days)

    def rows(self, statement: str, values: Sequence[object] | Mapping[str, object] = ()) -> list[Any]:
        """Return all rows that a statement selects."""
        with self.translated_errors():
            return self.connection.execute(statement, values).fetchall()

    @contextmanager
    def write_transaction(self) -> Iterator[sqlite3.Connection]:
        """Commit what the block writes through the connection, or nothing of it.

        Raises StoreError where the path leads to another file by now, or to another content.
        """
        self.check_place()
        with self.translated_errors():
            with transaction(self.connection):
                yield self.connection
            # From here on the file alone holds everything, whatever happens to what lies beside it.
            write_back(self.connection)
        before, self._mark = self._mark, read_mark(self.path)
        if before is None or self._mark is None or not self._mark.is_same_file(before):
            self._mark = before
            self.check_place()

    @contextmanager
    def translated_errors(self) -> Iterator[None]:
        """Turn SQLite's exceptions in the block into StoreError, after a look at whose file this is."""
        import sqlite3

        try:
            with translate_errors(self.path):
                yield
        except StoreError as error:
            if isinstance(error.__cause__, sqlite3.DatabaseError) and self._acknowledged:
                self.check_place()
            raise

    def refuse_unless_writable(self) -> None:
        """Raise StoreError where the store can only be read; for before a person is asked something."""
        from srs.store.place.unwritable import refuse_unwritable

        refuse_unwritable(self.path)

    def acknowledge(self, entries: Iterable[LogEntry]) -> None:
        """Remember what was logged, as long as the store is open: it is kept wherever the file goes."""
        self._acknowledged.update((entry.id, entry) for entry in entries)

    def check_place(self) -> None:
        """Make sure that the path leads to the file that is open, and that it holds what was logged here.

        Raises StoreError, with all that was logged here kept in a file of its own, where it does not.
        """
        if self._lost:
            raise StoreError(self._lost)
        now = read_mark(self.path)
        if now == self._mark or self.connection.in_transaction:
            return
        if now is None or self._mark is None or not now.is_same_file(self._mark):
            from srs.store.backups import keep_open_store

            state = "is no longer there" if now is None else "was replaced by another file"
            self._lost = keep_open_store(self.connection, self.path, state, was_replaced=now is not None)
            raise StoreError(self._lost)
        if not self._took_over_changes():
            from srs.store.backups import keep_logged

            self._lost = keep_logged(self.path, list(self._acknowledged.values()))
            raise StoreError(self._lost)
        self._mark, self._data_version = now, self._read_data_version()

    def _took_over_changes(self) -> bool:
        """Tell whether the file, changed by others, is sound and holds what was logged here; read it anew."""
        import sqlite3

        try:
            if self._read_data_version() == self._data_version:
                # No other proofdeck wrote to it, so what SQLite remembers of its pages may be wrong.
                self._reopen()
            return all(
                self.connection.execute("SELECT 1 FROM log WHERE id = ?", (entry,)).fetchone()
                for entry in self._acknowledged
            )
        except (sqlite3.Error, StoreError):
            return False

    def _reopen(self) -> None:
        fresh = connect(self.path)
        try:
            read_schema_version(fresh, self.path)
            (state,) = fresh.execute("PRAGMA quick_check").fetchone()
        except BaseException:
            fresh.close()
            raise
        self.connection.close()
        self.connection = fresh
        if state != "ok":
            raise StoreError(f"{self.path} is damaged: {state}.")

    def _read_data_version(self) -> int:
        """Return a number that changes when another connection commits."""
        with translate_errors(self.path):
            return int(self.connection.execute("PRAGMA data_version").fetchone()[0])


def _connect_to_read(path: str, refusal: sqlite3.OperationalError) -> sqlite3.Connection | None:
    """Return a connection to a store that lies where nothing can be written; None for one that does not."""
    from srs.store.place.unwritable import connect_frozen, old_format_sentence

    connection = connect_frozen(path, refusal)
    if connection is None:
        return None
    number = -1
    try:
        with translate_errors(path):
            number = read_schema_version(connection, path)
    finally:
        if number != SCHEMA_VERSION:
            connection.close()
    if number == SCHEMA_VERSION:
        return connection
    if number:
        raise StoreError(old_format_sentence(path))
    return None


def _refuse_old_format(path: str) -> None:
    """Raise StoreError where a store of an older format cannot be brought up to date."""
    from srs.store.place.unwritable import may_write, old_format_sentence

    if not may_write(path):
        raise StoreError(old_format_sentence(path))


def _refuse_leftover_log(path: str, lock: FolderLock) -> None:
    """Raise StoreError where a write-ahead log of another file lies beside the store; it is put aside."""
    try:
        if not (os.path.getsize(f"{path}-wal") and os.path.getsize(path)):
            return
    except OSError:
        return
    if not lock.take_alone():
        # Another proofdeck is writing at this moment, or SQLite would have tidied it away.
        return
    try:
        from srs.store.backups import copies_before_forgetting, put_log_aside
        from srs.store.place.leftover_log import fits_leftover_log

        if not fits_leftover_log(path, copies_before_forgetting(path)):
            raise StoreError(
                f"{path} was replaced by another copy while {path}-wal, which belongs to the one before, "
                f"was left there; that lies in {put_log_aside(path)} now, the store is as it was copied. "
                "Run the command again."
            )
    finally:
        lock.share()
