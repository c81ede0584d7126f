"""What the store knows as the exporters' plain records, and what was read from Anki as entries of the log."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from exporters.anki.progress import Answer, Button, Progress, Standing, unknown_answers
from srs.review.log import FROM_ANKI, NEW, Act, Entry, EntryId, fold
from srs.schedule.day import moment_of, stamp
from srs.schedule.sm2 import Grade

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from cards.card.card import CardId
    from srs.schedule.sm2 import Schedule, Scheduler

    Logs: TypeAlias = Mapping[CardId, Sequence[Entry]]
    DayOf: TypeAlias = Callable[[datetime], date]

_BUTTON = {
    Grade.BLACKOUT: Button.AGAIN,
    Grade.WRONG: Button.AGAIN,
    Grade.NEARLY: Button.AGAIN,
    Grade.HARD: Button.HARD,
    Grade.GOOD: Button.GOOD,
    Grade.PERFECT: Button.EASY,
}
_GRADE = {
    Button.AGAIN: Grade.WRONG,
    Button.HARD: Grade.HARD,
    Button.GOOD: Grade.GOOD,
    Button.EASY: Grade.PERFECT,
}

_COLOURS = {1: "red", 2: "orange", 3: "green", 4: "blue", 5: "pink", 6: "turquoise", 7: "purple"}
_FLAG = 1
"""Anki's flag for a card that is flagged here."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)
_FIRST_MS = 1_160_006_400_000
"""The release of the first Anki, in October 2006: no answer was given in it before."""


def progress_of(logs: Logs, scheduler: Scheduler) -> Progress:
    """Return everything that was learnt, as a package for Anki carries it; what was undone is left out."""
    standings: list[Standing] = []
    answers: list[Answer] = []
    for card, entries in logs.items():
        given = tuple(_answers(card, entries, scheduler))
        answers += given
        schedule, suspended, _, flag = fold(entries, scheduler)
        if schedule is None and not suspended and flag is None:
            continue
        standings.append(
            Standing(
                card=card,
                due_on=schedule.due if schedule else None,
                interval_days=schedule.interval_days if schedule else 0,
                ease_permille=_permille(schedule),
                answers=sum(not answer.extra for answer in given),
                lapses=schedule.lapses if schedule else 0,
                suspended=suspended,
                flag=0 if flag is None else _FLAG,
            )
        )
    answers.sort(key=lambda answer: (answer.answered_at_ms, answer.card))
    return Progress(tuple(standings), tuple(answers))


def _answers(card: CardId, entries: Iterable[Entry], scheduler: Scheduler) -> Iterator[Answer]:
    before: Schedule | None = None
    for entry in entries:
        if entry.grade is None or entry.undone_at is not None:
            continue
        moves = entry.act is Act.REVIEW and (before is None or entry.day != before.answered_on)
        after = scheduler(before, entry.grade, entry.day) if moves else before
        yield Answer(
            card=card,
            answered_at_ms=_milliseconds(entry),
            button=_BUTTON[entry.grade],
            interval_days=after.interval_days if moves and after else 0,
            previous_interval_days=before.interval_days if moves and before else 0,
            ease_permille=_permille(after) if moves else 0,
            took_ms=entry.took_ms or 0,
            extra=not moves,
        )
        before = after


def _permille(schedule: Schedule | None) -> int:
    return schedule.ease_factor * 10 if schedule else 0


def _milliseconds(entry: Entry) -> int:
    return (moment_of(entry.at) - _EPOCH) // _MILLISECOND


def utc_offset_minutes(moment: datetime) -> int:
    """Return how far east of Greenwich a moment's clock is."""
    return (moment.utcoffset() or timedelta()) // timedelta(minutes=1)


class Move(NamedTuple):
    """What the answers given in Anki do to one card."""

    card: CardId
    answers: int
    before: Schedule | None
    after: Schedule | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pull:
    """What Anki knows and the store does not."""

    answers: tuple[Entry, ...]
    """In the order of their moments."""
    moves: tuple[Move, ...]
    """One for each card with such answers."""
    suspended: tuple[CardId, ...]
    """Suspended there and not here."""
    flagged: Mapping[CardId, str]
    """Flagged there and not here, with what the flag says."""
    misdated: int
    """Answers left out: they lie in the future, or before there was an Anki."""


def pull_of(theirs: Progress, logs: Logs, scheduler: Scheduler, day_of: DayOf, now: datetime) -> Pull:
    """Return what of `theirs` the logs lack.

    An answer that was undone here is known here, and does not come back.
    """
    ours = [_known(entry) for entries in logs.values() for entry in entries if entry.grade is not None]
    dated = [answer for answer in theirs.answers if _is_dated(answer, day_of, now)]
    answers = tuple(_entry(answer, day_of) for answer in unknown_answers(dated, ours))
    fresh: dict[CardId, list[Entry]] = {}
    for entry in answers:
        fresh.setdefault(entry.card, []).append(entry)
    here = {card: fold(entries, scheduler) for card, entries in logs.items()}
    return Pull(
        answers=answers,
        moves=tuple(
            Move(
                card,
                len(entries),
                here.get(card, NEW).schedule,
                fold(sorted((*logs.get(card, ()), *entries), key=_place), scheduler).schedule,
            )
            for card, entries in fresh.items()
        ),
        suspended=tuple(
            each.card
            for each in theirs.standings
            if each.suspended and not here.get(each.card, NEW).suspended
        ),
        flagged={
            each.card: f"flagged {_COLOURS[each.flag]} in Anki"
            for each in theirs.standings
            if each.flag and here.get(each.card, NEW).flag is None
        },
        misdated=len(theirs.answers) - len(dated),
    )


def marks_of(pull: Pull, now: datetime, today: date, *, suspended: bool, flagged: bool) -> tuple[Entry, ...]:
    """Return entries that suspend and flag here what is suspended and flagged there."""
    marks: list[tuple[CardId, Act, str | None]] = []
    marks += [(card, Act.SUSPEND, None) for card in pull.suspended if suspended]
    marks += [(card, Act.FLAG, note) for card, note in pull.flagged.items() if flagged]
    at = stamp(now)
    return tuple(
        Entry(EntryId(f"{FROM_ANKI}{act}-{at}-{card}"), card, act, at, today, note=note)
        for card, act, note in marks
    )


def _known(entry: Entry) -> Answer:
    return Answer(card=entry.card, answered_at_ms=_milliseconds(entry), button=Button.GOOD)


def _is_dated(answer: Answer, day_of: DayOf, now: datetime) -> bool:
    latest_ms = (now - _EPOCH) // _MILLISECOND + 86_400_000
    if not _FIRST_MS <= answer.answered_at_ms <= latest_ms:
        return False
    return day_of(_moment(answer)) <= day_of(now)


def _moment(answer: Answer) -> datetime:
    return _EPOCH + answer.answered_at_ms * _MILLISECOND


def _entry(answer: Answer, day_of: DayOf) -> Entry:
    moment = _moment(answer)
    return Entry(
        # The same answer has the same id on every machine that reads it.
        EntryId(f"{FROM_ANKI}{answer.answered_at_ms}-{answer.card}"),
        answer.card,
        Act.CRAM if answer.extra else Act.REVIEW,
        stamp(moment),
        day_of(moment),
        _GRADE[answer.button],
        max(0, answer.took_ms) or None,
    )


def _place(entry: Entry) -> tuple[str, EntryId]:
    return entry.at, entry.id
