"""The review log: one transaction an act, its projection in the same."""

# ruff: noqa: S608 - statements are put together from fixed texts only
from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from cards.errors import StoreError
from srs.review.log import Act, Entry, EntryId, Standing, fold
from srs.schedule.day import moment_of, stamp
from srs.schedule.sm2 import Grade, becomes_leech
from srs.store.connection import told
from srs.store.row import ENTRY, STANDING, Answered, Conflict, Undone, entry_of, standing_columns, standing_of
from srs.store.store_file import StoreFile

if TYPE_CHECKING:
    from datetime import date, datetime

    from cards.card.card import CardId


class Draft(NamedTuple):
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


class Journal(StoreFile):
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
    ) -> Answered:
        """Log an answer and write the schedule it leads to, both on disk when this returns.

        `seen` is the revision of the card as it was shown; raises Conflict if it has changed since.
        """
        return self._act(card, act, at=reviewed_at, seen=seen, grade=grade, took_ms=took_ms)

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
    ) -> Answered:
        """Log an act that is no answer: suspend, resume, bury, flag, unflag."""
        return self._act(card, act, at=at, seen=seen, note=note, until=until)

    def _act(
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
    ) -> Answered:
        # Everything that reads settings or loads a scheduler comes before the lock is taken.
        scheduler = self.scheduler
        day = self.preferences.day(at)
        with self._writing():
            row = self.connection.execute(
                f"SELECT revision, {STANDING} FROM card WHERE id = ?",
                (card,),
            ).fetchone()
            if row is None:
                raise StoreError(f"There is no card {card} in {self.path}.")
            if row[0] != seen:
                raise Conflict("This card was answered elsewhere in the meantime.")
            before = standing_of(row[1:])
            entry = self._append(Draft(card, act, at, day, grade, took_ms, note, until))
            standing = fold(self._entries(card), scheduler)
            leech = (
                act is Act.REVIEW
                and standing.schedule is not None
                and becomes_leech(before.schedule.lapses if before.schedule else 0, standing.schedule.lapses)
            )
            if leech and self.preferences.suspend_leeches:
                self._append(Draft(card, Act.SUSPEND, at, day, cause=entry))
                standing = standing._replace(suspended=True)
            self._project(card, standing)
        return Answered(entry, standing, seen + 1, leech)

    def undo(self, *, at: datetime, entry: EntryId | None = None) -> Undone | None:
        """Take back the last act done on this machine, or a given one; None if nothing is left to undo."""
        scheduler = self.scheduler
        with self._writing():
            row = self.connection.execute(
                f"""
                SELECT {ENTRY} FROM log
                WHERE undone_at IS NULL AND cause IS NULL
                    AND CASE WHEN :entry IS NULL THEN merged = 0 ELSE id = :entry END
                ORDER BY seq DESC LIMIT 1
                """,
                {"entry": entry},
            ).fetchone()
            if row is None:
                return None
            undone = entry_of(row)
            self.connection.execute(
                "UPDATE log SET undone_at = :at WHERE undone_at IS NULL AND (id = :id OR cause = :id)",
                {"at": stamp(at), "id": undone.id},
            )
            standing = fold(self._entries(undone.card), scheduler)
            self._project(undone.card, standing)
        return Undone(undone, standing)

    def history(self, card: CardId) -> list[Entry]:
        """Return everything that was done with a card, oldest first, undone acts included."""
        with told(self.path):
            return self._entries(card)

    def _append(self, draft: Draft) -> EntryId:
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
            (card, stamp(at), stamp(at + timedelta(seconds=1))),
        ).fetchone()
        return stamp(at if taken is None else moment_of(taken) + timedelta(milliseconds=1))

    def _entries(self, card: CardId) -> list[Entry]:
        rows = self.connection.execute(
            f"SELECT {ENTRY} FROM log WHERE card = ? ORDER BY at, id",
            (card,),
        )
        return [entry_of(row) for row in rows]

    def _project(self, card: CardId, standing: Standing) -> None:
        self.connection.execute(
            """
            UPDATE card SET revision = revision + 1, repetitions = ?, interval_days = ?, ease_factor = ?,
                due = ?, lapses = ?, stability_days = ?, difficulty = ?, suspended = ?, buried_until = ?,
                flag = ?
            WHERE id = ?
            """,
            (*standing_columns(standing), card),
        )
