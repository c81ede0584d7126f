"""The review log: one transaction an act, its projection in the same."""

# ruff: noqa: S608 - statements are put together from fixed texts only

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from cards.errors import StoreError
from srs.review.log import Act, EntryId, LogEntry, Standing, fold_log
from srs.schedule.day import from_timestamp, to_timestamp
from srs.schedule.sm2 import Grade, becomes_leech
from srs.store.connection import translate_errors
from srs.store.row import (
    ENTRY_COLUMNS,
    STANDING_COLUMNS,
    ActResult,
    Conflict,
    UndoResult,
    entry_from_row,
    standing_from_row,
    standing_values,
)
from srs.store.store_file import StoreFile

if TYPE_CHECKING:
    from datetime import date, datetime

    from cards.card.card import CardId


class NewEntry(NamedTuple):
    """An entry before it is in the log."""

    card: CardId
    act: Act
    at: datetime
    day: date
    grade: Grade | None = None
    took_ms: int | None = None
    note: str | None = None
    until: date | None = None
    cause: EntryId | None = None


class LogStore(StoreFile):
    """Logs what is done with cards, and takes it back."""

    def answer(
        self,
        card: CardId,
        grade: Grade,
        *,
        reviewed_at: datetime,
        seen: int,
        act: Act = Act.REVIEW,
        took_ms: int | None = None,
    ) -> ActResult:
        """Log an answer and write the schedule it leads to, both on disk when this returns.

        `seen` is the revision of the card as it was shown; raises Conflict if it has changed since.
        """
        return self._log_act(card, act, at=reviewed_at, seen=seen, grade=grade, took_ms=took_ms)

    def asked(self, card: CardId) -> str:
        """Return the first line of what a card asks."""
        rows = self._rows("SELECT words FROM face WHERE card = ?", (card,))
        return str(rows[0][0]).partition("\n")[0] if rows else str(card)

    def mark(
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
        return self._log_act(card, act, at=at, seen=seen, note=note, until=until)

    def _log_act(
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
    ) -> ActResult:
        # Everything that reads settings or loads a scheduler comes before the lock is taken.
        scheduler = self.scheduler
        day = self.preferences.day(at)
        with self._write_transaction():
            row = self.connection.execute(
                f"SELECT revision, {STANDING_COLUMNS} FROM card WHERE id = ?",
                (card,),
            ).fetchone()
            if row is None:
                raise StoreError(f"There is no card {card} in {self.path}.")
            if row[0] != seen:
                raise Conflict("This card was answered elsewhere in the meantime.")
            before = standing_from_row(row[1:])
            entry = self._append(NewEntry(card, act, at, day, grade, took_ms, note, until))
            standing = fold_log(self._entries(card), scheduler)
            leech = (
                act is Act.REVIEW
                and standing.schedule is not None
                and becomes_leech(before.schedule.lapses if before.schedule else 0, standing.schedule.lapses)
            )
            if leech and self.preferences.suspend_leeches:
                self._append(NewEntry(card, Act.SUSPEND, at, day, cause=entry))
                standing = standing._replace(suspended=True)
            self._write_standing(card, standing)
        return ActResult(entry, standing, seen + 1, leech)

    def undo(self, *, at: datetime, entry: EntryId | None = None) -> UndoResult | None:
        """Take back the last act done on this machine, or a given one; None if nothing is left to undo."""
        scheduler = self.scheduler
        with self._write_transaction():
            row = self.connection.execute(
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
            self.connection.execute(
                "UPDATE log SET undone_at = :at WHERE undone_at IS NULL AND (id = :id OR cause = :id)",
                {"at": to_timestamp(at), "id": undone.id},
            )
            standing = fold_log(self._entries(undone.card), scheduler)
            self._write_standing(undone.card, standing)
        return UndoResult(undone, standing)

    def history(self, card: CardId) -> list[LogEntry]:
        """Return everything that was done with a card, oldest first, undone acts included."""
        with translate_errors(self.path):
            return self._entries(card)

    def _append(self, draft: NewEntry) -> EntryId:
        row = self.connection.execute(
            "INSERT INTO log (card, act, at, day, grade, took_ms, note, until, cause) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
            (
                draft.card,
                draft.act.value,
                self._stamp(draft.card, draft.at),
                draft.day.isoformat(),
                draft.grade,
                draft.took_ms,
                draft.note,
                draft.until.isoformat() if draft.until else None,
                draft.cause,
            ),
        ).fetchone()
        return EntryId(row[0])

    def _stamp(self, card: CardId, at: datetime) -> str:
        """Return the moment's stamp, or the next millisecond that the card's log has none of.

        The log is read in the order of its stamps; a script's clock may stand still.
        """
        (taken,) = self.connection.execute(
            "SELECT max(at) FROM log WHERE card = ? AND at >= ? AND at < ?",
            (card, to_timestamp(at), to_timestamp(at + timedelta(seconds=1))),
        ).fetchone()
        return to_timestamp(at if taken is None else from_timestamp(taken) + timedelta(milliseconds=1))

    def _entries(self, card: CardId) -> list[LogEntry]:
        rows = self.connection.execute(
            f"SELECT {ENTRY_COLUMNS} FROM log WHERE card = ? ORDER BY at, id",
            (card,),
        )
        return [entry_from_row(row) for row in rows]

    def _write_standing(self, card: CardId, standing: Standing) -> None:
        self.connection.execute(
            """
            UPDATE card SET revision = revision + 1, repetitions = ?, interval_days = ?, ease_factor = ?,
                due = ?, lapses = ?, stability_days = ?, difficulty = ?, suspended = ?, buried_until = ?,
                flag = ?
            WHERE id = ?
            """,
            (*standing_values(standing), card),
        )
