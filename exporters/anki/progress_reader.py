"""Read a person's progress from a deck or a collection that Anki exported."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from cards.errors import ExportError
from exporters.anki.collection_file import LARGEST_COLLECTION, open_collection
from exporters.anki.progress import Answer, Button, CardProgress, Progress

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Set as AbstractSet
    from pathlib import Path

    from cards.card.card import CardId

_NEW = 0
_SUSPENDED = -1
_FILTERED = 3
_SMALLEST_TIMESTAMP = 1_000_000_000
"""A due value above this is a moment in seconds, below it a count of days."""
_FLAG_BITS = 0b111


@dataclass(frozen=True, slots=True)
class AnkiProgress:
    """The progress that a file from Anki holds for our cards."""

    progress: Progress
    found: int
    """How many of the wanted cards it holds."""
    other_cards: int
    """How many other cards it holds; they are left alone."""
    uses_fsrs: bool
    """Ease factors then say little: the scheduler does not keep them."""
    unknown: int = 0
    """How many entries of its log for our cards are of kinds that only a newer Anki has; they stay out."""


def read_progress(
    path: Path,
    wanted: AbstractSet[CardId],
    *,
    utc_offset_minutes: int,
    largest: int = LARGEST_COLLECTION,
) -> AnkiProgress:
    """Return the progress made with the wanted cards.

    `utc_offset_minutes` is that of this place, east of Greenwich, for moments within a day. Raises
    ExportError where the file cannot be read, or says nothing about the wanted cards.
    """
    with open_collection(path, largest) as connection:
        calendar = _calendar(connection, utc_offset_minutes)
        ours: dict[int, CardId] = {}
        standings: list[CardProgress] = []
        foreign = 0
        memory = False
        for row in connection.execute(_SELECT_CARDS):
            card_id, guid, ord_, *state = row
            if guid not in wanted or ord_ != 0:
                foreign += 1
                continue
            ours[card_id] = guid
            memory = memory or '"s":' in (state[-1] or "")
            standing = _card_progress(guid, calendar, *state)
            if standing is not None:
                standings.append(standing)
        answers = tuple(
            _answer(ours[card_id], *rest)
            for card_id, *rest in connection.execute(_SELECT_ANSWERS)
            if card_id in ours
        )
        unknown = sum(card_id in ours for (card_id,) in connection.execute(_SELECT_UNKNOWN))
        uses_fsrs = memory or bool(_settings(connection).get("fsrs"))
    if not ours:
        raise ExportError(f"{path} holds none of these cards; export the deck that proofdeck made.")
    if not standings and not answers and not unknown:
        raise ExportError(
            f"{path} holds {len(ours)} of these cards and no review of them: none was answered in Anki, "
            "or the deck was exported without “Include scheduling information”."
        )
    return AnkiProgress(Progress(tuple(standings), answers), len(ours), foreign, uses_fsrs, unknown)


def _integers(*columns: str) -> str:
    # Any column of SQLite may hold anything; after this it is a number.
    return ", ".join(f"CAST({column} AS INTEGER)" for column in columns)


# A card in a filtered deck keeps its own due day in `odue`.
_SELECT_CARDS = (
    f"SELECT c.id, n.guid, {_integers('c.ord', 'c.type', 'c.queue')},"  # noqa: S608 - constants
    f" {_integers('CASE c.odid WHEN 0 THEN c.due ELSE c.odue END', 'c.ivl', 'c.factor')},"
    f" {_integers('c.reps', 'c.lapses', 'c.flags')}, CAST(c.data AS TEXT)"
    " FROM cards AS c JOIN notes AS n ON n.id = c.nid WHERE typeof(n.guid) = 'text' ORDER BY c.id"
)

# 1 to 4 are answers; 0 stands for a schedule set by hand.
_SELECT_ANSWERS = (
    f"SELECT cid, {_integers('id', 'ease', 'ivl', 'lastIvl', 'factor', 'time', 'type')}"  # noqa: S608 - constants
    " FROM revlog WHERE CAST(ease AS INTEGER) BETWEEN 1 AND 4 AND CAST(type AS INTEGER) BETWEEN 0 AND 3"
    " ORDER BY id"
)

# 4 and 5 are schedules that were set by hand or anew; what comes after is not known yet, nor a fifth button.
_SELECT_UNKNOWN = (
    "SELECT cid FROM revlog WHERE CAST(type AS INTEGER) NOT BETWEEN 0 AND 5"
    " OR CAST(ease AS INTEGER) NOT BETWEEN 0 AND 4"
)


@dataclass(frozen=True, slots=True)
class _Calendar:
    day_zero: date
    here: timedelta
    rollover: timedelta

    def date_of(self, due: int) -> date:
        if due < _SMALLEST_TIMESTAMP:
            return self.day_zero + timedelta(days=due)
        return (datetime.fromtimestamp(due, UTC) + self.here - self.rollover).date()


def _calendar(connection: sqlite3.Connection, utc_offset_minutes: int) -> _Calendar:
    settings = _settings(connection)
    (created_at,) = connection.execute("SELECT COALESCE(MIN(CAST(crt AS INTEGER)), 0) FROM col").fetchone()
    west = _minutes_or_hours(settings.get("creationOffset"), -utc_offset_minutes)
    day_zero = (datetime.fromtimestamp(created_at, UTC) - timedelta(minutes=west)).date()
    rollover = timedelta(hours=_minutes_or_hours(settings.get("rollover"), 4))
    return _Calendar(day_zero, timedelta(minutes=utc_offset_minutes), rollover)


def _settings(connection: sqlite3.Connection) -> dict[str, Any]:
    """Return the settings of the collection, from the table of newer files or the column of older ones."""
    if connection.execute("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'config'").fetchone():
        texts = connection.execute(
            "SELECT key, CAST(val AS TEXT) FROM config WHERE key IN ('creationOffset', 'rollover', 'fsrs')"
        ).fetchall()
    else:
        (whole,) = connection.execute("SELECT MIN(CAST(conf AS TEXT)) FROM col").fetchone()
        return _json_object(whole or "")
    return {key: _json(value) for key, value in texts}


def _json(text: str) -> Any:  # noqa: ANN401 - JSON
    try:
        return json.loads(text)
    except ValueError:
        return None


def _json_object(text: str) -> dict[str, Any]:
    value = _json(text)
    return value if isinstance(value, dict) else {}


def _minutes_or_hours(value: object, otherwise: int) -> int:
    return value if isinstance(value, int) and abs(value) < 24 * 60 else otherwise


def _card_progress(
    card: CardId,
    calendar: _Calendar,
    kind: int,
    queue: int,
    due: int,
    interval_days: int,
    ease_permille: int,
    answers: int,
    lapses: int,
    flags: int,
    memory: str,
) -> CardProgress | None:
    """Return the state of a card; None for an untouched new one."""
    del memory
    suspended, flag = queue == _SUSPENDED, flags & _FLAG_BITS
    if kind == _NEW and not suspended and not flag:
        return None
    return CardProgress(
        card=card,
        due_on=None if kind == _NEW else calendar.date_of(due),
        interval_days=max(0, interval_days),
        ease_permille=ease_permille,
        answers=answers,
        lapses=lapses,
        suspended=suspended,
        flag=flag,
    )


def _answer(
    card: CardId,
    moment_ms: int,
    button: int,
    interval: int,
    previous_interval: int,
    ease_permille: int,
    took_ms: int,
    kind: int,
) -> Answer:
    return Answer(
        card=card,
        answered_at_ms=moment_ms,
        button=Button(button),
        # Below zero the log counts seconds.
        interval_days=max(0, interval),
        previous_interval_days=max(0, previous_interval),
        ease_permille=ease_permille,
        took_ms=took_ms,
        extra=kind == _FILTERED and ease_permille == 0,
    )
