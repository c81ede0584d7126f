"""Convert between the review log and the Anki exporter's progress records."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from exporters.anki.progress import Answer, Button, CardProgress, Progress, missing_answers
from srs.review.log import ANKI_ID_PREFIX, NEW_STANDING, Act, EntryId, LogEntry, fold_log, schedule_after
from srs.schedule.day import from_timestamp, to_timestamp
from srs.schedule.sm2 import Grade

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from cards.card.card import CardId
    from srs.schedule.sm2 import Schedule, Scheduler

    Logs: TypeAlias = Mapping[CardId, Sequence[LogEntry]]
    DayOf: TypeAlias = Callable[[datetime], date]

_BUTTON_BY_GRADE = {
    Grade.BLACKOUT: Button.AGAIN,
    Grade.WRONG: Button.AGAIN,
    Grade.NEARLY: Button.AGAIN,
    Grade.HARD: Button.HARD,
    Grade.GOOD: Button.GOOD,
    Grade.PERFECT: Button.EASY,
}
_GRADE_BY_BUTTON = {
    Button.AGAIN: Grade.WRONG,
    Button.HARD: Grade.HARD,
    Button.GOOD: Grade.GOOD,
    Button.EASY: Grade.PERFECT,
}

_FLAG_COLOURS = {1: "red", 2: "orange", 3: "green", 4: "blue", 5: "pink", 6: "turquoise", 7: "purple"}
_ANKI_FLAG = 1
"""Anki's flag for a card that is flagged here."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)
_FIRST_ANKI_MS = 1_160_006_400_000
"""The release of the first Anki, in October 2006: no answer was given in it before."""


def collect_progress(logs: Logs, scheduler: Scheduler) -> Progress:
    """Return all progress in the store as a package for Anki carries it, without undone entries."""
    standings: list[CardProgress] = []
    answers: list[Answer] = []
    for card, entries in logs.items():
        given = tuple(_answers(card, entries, scheduler))
        answers += given
        schedule, suspended, _, flag = fold_log(entries, scheduler)
        if schedule is None and not suspended and flag is None:
            continue
        standings.append(
            CardProgress(
                card=card,
                due_on=schedule.due if schedule else None,
                interval_days=schedule.wait_days if schedule else 0,
                ease_permille=_permille(schedule),
                answers=sum(not answer.extra for answer in given),
                lapses=schedule.lapses if schedule else 0,
                suspended=suspended,
                flag=0 if flag is None else _ANKI_FLAG,
            )
        )
    answers.sort(key=lambda answer: (answer.answered_at_ms, answer.card))
    return Progress(tuple(standings), tuple(answers))


def _answers(card: CardId, entries: Iterable[LogEntry], scheduler: Scheduler) -> Iterator[Answer]:
    before: Schedule | None = None
    for entry in entries:
        if entry.grade is None or entry.undone_at is not None:
            continue
        moves = entry.act is Act.REVIEW and (before is None or entry.day != before.answered_on)
        after = schedule_after(before, entry, scheduler) if moves else before
        yield Answer(
            card=card,
            answered_at_ms=_milliseconds(entry),
            button=_BUTTON_BY_GRADE[entry.grade],
            interval_days=after.wait_days if moves and after else 0,
            previous_interval_days=before.wait_days if moves and before else 0,
            ease_permille=_permille(after) if moves else 0,
            took_ms=entry.took_ms or 0,
            extra=not moves,
        )
        before = after


def _permille(schedule: Schedule | None) -> int:
    return schedule.ease_factor * 10 if schedule else 0


def _milliseconds(entry: LogEntry) -> int:
    return (from_timestamp(entry.at) - _EPOCH) // _MILLISECOND


def utc_offset_minutes(moment: datetime) -> int:
    """Return a moment's offset from UTC in minutes, east positive."""
    return (moment.utcoffset() or timedelta()) // timedelta(minutes=1)


class ScheduleChange(NamedTuple):
    """The change of one card's schedule by the answers given in Anki."""

    card: CardId
    answers: int
    before: Schedule | None
    after: Schedule | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnkiPull:
    """What a pull from Anki would add to the store."""

    answers: tuple[LogEntry, ...]
    """In the order of their moments."""
    schedule_changes: tuple[ScheduleChange, ...]
    """One for each card with such answers."""
    suspended: tuple[CardId, ...]
    """Suspended there and not here."""
    flagged: Mapping[CardId, str]
    """Flagged there and not here, with what the flag says."""
    misdated: int
    """Answers left out: they lie in the future, or before there was an Anki."""


def plan_pull(theirs: Progress, logs: Logs, scheduler: Scheduler, day_of: DayOf, now: datetime) -> AnkiPull:
    """Return the pull of the answers in `theirs` that the logs lack.

    An answer that was undone here is known here, and does not come back.
    """
    ours = [
        _as_known_answer(entry) for entries in logs.values() for entry in entries if entry.grade is not None
    ]
    dated = [answer for answer in theirs.answers if _has_possible_date(answer, day_of, now)]
    answers = tuple(_entry(answer, day_of) for answer in missing_answers(dated, ours))
    fresh: dict[CardId, list[LogEntry]] = {}
    for entry in answers:
        fresh.setdefault(entry.card, []).append(entry)
    here = {card: fold_log(entries, scheduler) for card, entries in logs.items()}
    return AnkiPull(
        answers=answers,
        schedule_changes=tuple(
            ScheduleChange(
                card,
                len(entries),
                here.get(card, NEW_STANDING).schedule,
                fold_log(sorted((*logs.get(card, ()), *entries), key=_log_order), scheduler).schedule,
            )
            for card, entries in fresh.items()
        ),
        suspended=tuple(
            each.card
            for each in theirs.cards
            if each.suspended and not here.get(each.card, NEW_STANDING).suspended
        ),
        flagged={
            each.card: f"flagged {_FLAG_COLOURS[each.flag]} in Anki"
            for each in theirs.cards
            if each.flag and here.get(each.card, NEW_STANDING).flag is None
        },
        misdated=len(theirs.answers) - len(dated),
    )


def mark_entries(
    pull: AnkiPull, now: datetime, today: date, *, suspended: bool, flagged: bool
) -> tuple[LogEntry, ...]:
    """Return entries that suspend and flag here what is suspended and flagged there."""
    marks: list[tuple[CardId, Act, str | None]] = []
    marks += [(card, Act.SUSPEND, None) for card in pull.suspended if suspended]
    marks += [(card, Act.FLAG, note) for card, note in pull.flagged.items() if flagged]
    at = to_timestamp(now)
    return tuple(
        LogEntry(EntryId(f"{ANKI_ID_PREFIX}{act}-{at}-{card}"), card, act, at, today, note=note)
        for card, act, note in marks
    )


def _as_known_answer(entry: LogEntry) -> Answer:
    return Answer(card=entry.card, answered_at_ms=_milliseconds(entry), button=Button.GOOD)


def _has_possible_date(answer: Answer, day_of: DayOf, now: datetime) -> bool:
    latest_ms = (now - _EPOCH) // _MILLISECOND + 86_400_000
    if not _FIRST_ANKI_MS <= answer.answered_at_ms <= latest_ms:
        return False
    return day_of(_moment(answer)) <= day_of(now)


def _moment(answer: Answer) -> datetime:
    return _EPOCH + answer.answered_at_ms * _MILLISECOND


def _entry(answer: Answer, day_of: DayOf) -> LogEntry:
    moment = _moment(answer)
    return LogEntry(
        # The same answer has the same id on every machine that reads it.
        EntryId(f"{ANKI_ID_PREFIX}{answer.answered_at_ms}-{answer.card}"),
        answer.card,
        Act.CRAM if answer.extra else Act.REVIEW,
        to_timestamp(moment),
        day_of(moment),
        _GRADE_BY_BUTTON[answer.button],
        max(0, answer.took_ms) or None,
    )


def _log_order(entry: LogEntry) -> tuple[str, EntryId]:
    return entry.at, entry.id
