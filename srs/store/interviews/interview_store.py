"""Log what was said in mock interviews, and read it back."""

# ruff: noqa: S608 - statements are put together from fixed texts only

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from cards.value import NamedTuple
from srs.review.agenda import WaitingCard
from srs.review.log import Act, EntryId, LogEntry
from srs.schedule.day import from_timestamp, to_timestamp
from srs.store.connection import told_damage
from srs.store.review_queue import IN_DECK_AND_TAG, IS_ACTIVE
from srs.store.row import ENTRY_COLUMNS, entry_from_row
from srs.store.standings import insert_entries, new_entry_id

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable
    from datetime import datetime

    from cards.card.card import CardId
    from srs.interview.interview_question import QuestionResult
    from srs.store.store import Store

KEPT_DAYS = 7
"""Missed points are asked first on the next Day with a review, if that comes within so many."""


class LoggedQuestion(NamedTuple):
    """A question of an interview as the log has it."""

    entry: EntryId
    interview: EntryId
    """The entry of the interview's first question, which takes the others along when undone."""
    day: date
    result: QuestionResult


class InterviewStore:
    """Logs the questions of mock interviews, each as an act on the card that stands for it."""

    def __init__(self, store: Store) -> None:
        """Log into an open store."""
        self._store = store

    def record(
        self, card: CardId, result: QuestionResult, *, at: datetime, interview: EntryId | None
    ) -> EntryId:
        """Log what was said of a question, on disk when this returns; `interview` is its first question's."""
        from srs.interview.interview_note import note_of

        day = self._store.preferences.day(at)
        with self._store.write_transaction() as connection:
            moment = _next_timestamp(connection, card, interview, at)
            entry = LogEntry(
                new_entry_id(), card, Act.INTERVIEW, moment, day,
                took_ms=result.took_ms, note=note_of(result), cause=interview,
            )  # fmt: skip
            insert_entries(connection, [entry], merged=False)
        self._store.acknowledge([entry])
        return entry.id

    def take_back(self, entry: EntryId, *, at: datetime) -> None:
        """Mark a question as undone, with those that it brought."""
        undone_at = to_timestamp(at)
        with self._store.write_transaction() as connection:
            rows = connection.execute(
                "UPDATE log SET undone_at = ? WHERE undone_at IS NULL AND (id = ? OR cause = ?) "
                f"RETURNING {ENTRY_COLUMNS}",
                (undone_at, entry, entry),
            ).fetchall()
        self._store.acknowledge(map(entry_from_row, rows))

    def questions(self, *, since: date | None = None) -> list[LoggedQuestion]:
        """Return the questions that were asked in interviews, oldest first; what was undone is left out."""
        # Beginning with a day, the index of days keeps the daily review from reading the whole log.
        rows = self._store.rows(
            f"SELECT {ENTRY_COLUMNS} FROM log "
            "WHERE day >= ? AND act = 'interview' AND undone_at IS NULL ORDER BY at, seq",
            (since.isoformat() if since else "",),
        )
        if not rows:
            return []
        # A review asks each time, and most Days there was none.
        from srs.interview.interview_note import result_from_note

        with told_damage(self._store.path):
            entries = [entry_from_row(row) for row in rows]
        return [
            LoggedQuestion(entry.id, entry.cause or entry.id, entry.day, result)
            for entry in entries
            if (result := result_from_note(entry.note, entry.took_ms)) is not None
        ]

    def asked_first(
        self, today: date, guide: str | None = None, tag: str | None = None
    ) -> tuple[WaitingCard, ...]:
        """Return the cards of points missed before today that were not answered since, the latest first."""
        missed: dict[CardId, date] = {}
        for question in reversed(self.questions(since=today - timedelta(days=KEPT_DAYS))):
            if question.day < today:
                for point in question.result.missed:
                    for card in point.cards:
                        missed.setdefault(card, question.day)
        return tuple(self._waiting(missed, today, guide, tag))

    def _waiting(
        self, missed: dict[CardId, date], today: date, guide: str | None, tag: str | None
    ) -> Iterable[WaitingCard]:
        for card, day in missed.items():
            rows = self._store.rows(
                f"""
                SELECT guide, question, due, ifnull(interval_days, 0) FROM card
                WHERE id = :card AND {IS_ACTIVE} AND {IN_DECK_AND_TAG} AND NOT EXISTS (
                    SELECT 1 FROM log WHERE log.card = card.id AND log.grade IS NOT NULL
                        AND log.undone_at IS NULL AND log.day > :day
                )
                """,
                {
                    "card": card,
                    "day": day.isoformat(),
                    "today": today.isoformat(),
                    "guide": guide,
                    "tag": tag,
                },
            )
            for guide_id, question, due, interval_days in rows:
                due_on = date.fromisoformat(due) if due else None
                yield WaitingCard(card, guide_id, question, due_on, interval_days)


def _next_timestamp(
    connection: sqlite3.Connection, card: CardId, interview: EntryId | None, at: datetime
) -> str:
    """Return the moment's timestamp, or the millisecond after what the card's log or the interview has then.

    Both are read in the order of their timestamps; a script's clock may stand still.
    """
    (last,) = connection.execute(
        "SELECT max(at) FROM log WHERE (id = ? OR cause = ? OR card = ?) AND at < ?",
        (interview, interview, card, to_timestamp(at + timedelta(seconds=1))),
    ).fetchone()
    if last is None or last < to_timestamp(at):
        return to_timestamp(at)
    return to_timestamp(from_timestamp(last) + timedelta(milliseconds=1))
