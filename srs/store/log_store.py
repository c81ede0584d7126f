"""The review log of a store; each act and the standing that follows are written in one transaction."""

# ruff: noqa: S608 - statements are put together from fixed texts only

from __future__ import annotations

from contextlib import contextmanager
from datetime import date, timedelta
from typing import TYPE_CHECKING

from cards.errors import StoreError
from srs.review.log import Act, EntryId, LogEntry, fold_log
from srs.schedule.day import days_later, from_timestamp, to_timestamp
from srs.schedule.sm2 import becomes_leech
from srs.store.connection import told_damage, translate_errors
from srs.store.row import (
    ENTRY_COLUMNS,
    STANDING_COLUMNS,
    ActResult,
    Conflict,
    DamagedCard,
    UndoResult,
    entry_from_row,
    standing_from_row,
)
from srs.store.standings import (
    insert_entries,
    new_entry_id,
    read_entries,
    read_logs,
    refold,
    write_standings,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from cards.card.card import CardId
    from srs.review.log import Standing
    from srs.schedule.sm2 import Grade, Schedule
    from srs.store.store_file import StoreFile


class LogStore:
    """Logs acts on cards, and undoes them."""

    def __init__(self, file: StoreFile) -> None:
        """Log into an open store's file."""
        self._file = file

    def record_answer(
        self,
        card: CardId,
        grade: Grade,
        *,
        reviewed_at: datetime,
        seen: int,
        act: Act = Act.REVIEW,
        took_ms: int | None = None,
        due_on: date | None = None,
    ) -> ActResult:
        """Log an answer and write the schedule it leads to, both on disk when this returns.

        `due_on` is the Day that was chosen for the next review, None for the interval's own.

        `seen` is the revision of the card as it was shown; raises Conflict if it has changed since.
        """
        return self._record(card, act, at=reviewed_at, seen=seen, grade=grade, took_ms=took_ms, due_on=due_on)

    def record_act(
        self,
        card: CardId,
        act: Act,
        *,
        at: datetime,
        seen: int,
        note: str | None = None,
        until: date | None = None,
    ) -> ActResult:
        """Log an act that is no answer: suspend, resume, bury, flag, unflag."""
        return self._record(card, act, at=at, seen=seen, note=note, until=until)

    def _record(
        self,
        card: CardId,
        act: Act,
        *,
        at: datetime,
        seen: int,
        grade: Grade | None = None,
        took_ms: int | None = None,
        note: str | None = None,
        until: date | None = None,
        due_on: date | None = None,
    ) -> ActResult:
        # Everything that reads settings or loads a scheduler comes before the lock is taken.
        scheduler = self._file.scheduler
        preferences = self._file.preferences
        day = preferences.day(at)
        with _damage_of(card), self._file.write_transaction() as connection:
            before = self._read_standing(card, seen)
            earlier = read_entries(connection, card)
            entry = LogEntry(
                new_entry_id(), card, act, _free_timestamp(earlier, at), day,
                grade, took_ms, note, until, due_on=due_on,
            )  # fmt: skip
            logged = [entry]
            # A clock that was set back dates an act before earlier ones.
            standing = fold_log(sorted([*earlier, entry], key=lambda each: (each.at, each.id)), scheduler)
            leech = act is Act.REVIEW and _became_leech(before.schedule, standing.schedule)
            if leech and preferences.suspend_leeches:
                suspended_at = _free_timestamp([*earlier, entry], at)
                logged.append(
                    LogEntry(new_entry_id(), card, Act.SUSPEND, suspended_at, day, cause=entry.id),
                )
                standing = standing._replace(suspended=True)
            insert_entries(connection, logged, merged=False)
            write_standings(connection, {card: standing})
        self._file.acknowledge(logged)
        return ActResult(entry.id, standing, seen + 1, leech)

    def _read_standing(self, card: CardId, seen: int) -> Standing:
        """Return a card's standing; raises Conflict where it is not the one that was seen."""
        row = self._file.connection.execute(
            f"SELECT revision, {STANDING_COLUMNS} FROM card WHERE id = ?", (card,)
        ).fetchone()
        if row is None:
            raise StoreError(f"There is no card {card} in {self._file.path}.")
        revision, *columns = row
        if revision != seen:
            raise Conflict("This card was answered elsewhere in the meantime.")
        return standing_from_row(columns)

    def undo(self, *, at: datetime, entry: EntryId | None = None) -> UndoResult | None:
        """Take back the last act done on this machine, or a given one; None if nothing is left to undo."""
        scheduler = self._file.scheduler
        with told_damage(self._file.path), self._file.write_transaction() as connection:
            row = connection.execute(
                f"""
                SELECT {ENTRY_COLUMNS} FROM log
                WHERE undone_at IS NULL AND cause IS NULL
                    AND CASE WHEN :entry IS NULL THEN merged = 0 ELSE id = :entry END
                ORDER BY seq DESC LIMIT 1
                """,
                {"entry": entry},
            ).fetchone()
            if row is None:
                return None
            undone = entry_from_row(row)
            connection.execute(
                "UPDATE log SET undone_at = :at WHERE undone_at IS NULL AND (id = :id OR cause = :id)",
                {"at": to_timestamp(at), "id": undone.id},
            )
            standings = refold(connection, [undone.card], scheduler)
        self._file.acknowledge([undone._replace(undone_at=to_timestamp(at))])
        return UndoResult(undone, standings[undone.card])

    def last_day_of_act(self) -> date | None:
        """Return the Day of the act that an undo would take back: this machine's last that is not undone."""
        rows = self._file.rows(
            "SELECT day FROM log WHERE undone_at IS NULL AND cause IS NULL AND merged = 0 "
            "AND day IS date(day) ORDER BY seq DESC LIMIT 1"
        )
        return date.fromisoformat(rows[0][0]) if rows else None

    def entries_of(self, day: date) -> list[EntryId]:
        """Return the acts of a Day that are not undone, the last one first."""
        rows = self._file.rows(
            "SELECT id FROM log WHERE day = ? AND undone_at IS NULL AND cause IS NULL ORDER BY seq DESC",
            (day.isoformat(),),
        )
        return [EntryId(identity) for (identity,) in rows]

    def future_days(self, today: date) -> dict[date, int]:
        """Return the Days that only a wrong clock can have written, with how much was logged on each."""
        rows = self._file.rows(
            "SELECT day, count(*) FROM log WHERE day > ? AND undone_at IS NULL AND cause IS NULL "
            "AND day IS date(day) GROUP BY day ORDER BY day",
            # One day ahead is a flight to the west.
            (days_later(today, 1).isoformat(),),
        )
        return {date.fromisoformat(day): number for day, number in rows}

    def find_entry(self, beginning: str) -> EntryId:
        """Return the one entry whose id begins so; raises StoreError where there is not just one."""
        rows = self._file.rows(
            "SELECT id FROM log WHERE substr(id, 1, ?) = ? LIMIT 2", (len(beginning), beginning)
        )
        if len(rows) != 1:
            number = "More than one entry" if rows else "No entry"
            raise StoreError(
                f"{number} of the log begins with {beginning!r}. `proofdeck history CARD --json` says ids."
            )
        return EntryId(rows[0][0])

    def import_entries(self, entries: Iterable[LogEntry]) -> int:
        """Log entries that were made elsewhere, all or none; return how many were not there yet.

        They count as another machine's: undo takes back what was done here. An entry is known by its id, so
        importing it a second time changes nothing.
        """
        scheduler = self._file.scheduler
        with self._file.write_transaction() as connection:
            imported = insert_entries(connection, entries, merged=True)
            refold(connection, (entry.card for entry in imported), scheduler)
        return len(imported)

    def history(self, card: CardId) -> list[LogEntry]:
        """Return everything that was done with a card, oldest first, undone acts included."""
        with told_damage(self._file.path), translate_errors(self._file.path):
            return read_entries(self._file.connection, card)

    def by_card(self) -> dict[CardId, list[LogEntry]]:
        """Return the entries of every card that has any, oldest first."""
        with told_damage(self._file.path), translate_errors(self._file.path):
            return read_logs(self._file.connection)

    def last_day(self) -> date | None:
        """Return the latest Day in the log."""
        ((day,),) = self._file.rows("SELECT max(day) FROM log WHERE day IS date(day)")
        return date.fromisoformat(day) if day else None

    def streak(self, today: date) -> int:
        """Return the streak: the number of successive Days with an answer, up to today or yesterday."""
        rows = self._file.rows(
            """
            SELECT DISTINCT day FROM log
            WHERE act IN ('review', 'drill', 'cram') AND undone_at IS NULL AND day <= ?
                AND day IS date(day)
            ORDER BY day DESC
            """,
            (today.isoformat(),),
        )
        days = [date.fromisoformat(day) for (day,) in rows]
        if not days or (today - days[0]).days > 1:
            return 0
        return next((number for number, day in enumerate(days) if (days[0] - day).days != number), len(days))


@contextmanager
def _damage_of(card: CardId) -> Iterator[None]:
    """Turn what damaged values of a card lead to in the block into DamagedCard."""
    try:
        with told_damage(card):
            yield
    except StoreError as error:
        if isinstance(error.__cause__, (ValueError, TypeError, LookupError, ArithmeticError)):
            raise DamagedCard(card) from error
        raise


def _became_leech(before: Schedule | None, after: Schedule | None) -> bool:
    return after is not None and becomes_leech(before.lapses if before else 0, after.lapses)


def _free_timestamp(earlier: Iterable[LogEntry], at: datetime) -> str:
    """Return the moment's timestamp, or the next millisecond that the card's earlier entries have none of.

    The log is read in the order of its timestamps; a script's clock may stand still.
    """
    first, end = to_timestamp(at), to_timestamp(at + timedelta(seconds=1))
    taken = max((entry.at for entry in earlier if first <= entry.at < end), default=None)
    return first if taken is None else to_timestamp(from_timestamp(taken) + timedelta(milliseconds=1))
