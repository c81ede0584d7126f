"""Compute review statistics from cards and their logs."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median
from typing import TYPE_CHECKING, TypeVar

from cards.card.kind import CardKind
from srs.interview.interview_note import result_from_note
from srs.interview.interview_report import Tally, tally
from srs.review.log import Act, schedule_after
from srs.schedule.sm2 import is_leech
from srs.stats.figure import Pace, QuestionStats, Recall, SectionStats

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from cards.card.card import CardId
    from srs.review.card_row import CardRow
    from srs.review.log import LogEntry
    from srs.schedule.sm2 import Schedule, Scheduler

_Figure = TypeVar("_Figure")
YEAR_DAYS = 365
FORECAST_DAYS = 30
MATURE_DAYS = 21
"""From this interval on a card counts as mature (Anki's boundary)."""

_AGE_GROUPS = ((7, "under a week"), (MATURE_DAYS, "1 to 3 weeks"), (91, "3 weeks to 3 months"))
_OLDEST_AGE_GROUP = "over 3 months"

# A person who went for a coffee is not slow; Anki cuts at a minute too.
_LONGEST_MS = 60_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Stats:
    """All statistics of a set of cards."""

    today: date
    answers: int
    """Ever, drill and cramming included."""
    hours: float
    streak: int
    longest_streak: int
    by_day: Mapping[date, int]
    """Answers on each Day of the last year on which there were any."""
    forecast: tuple[int, ...]
    """Cards due today (late ones included), tomorrow, and so on."""
    new: int
    """Waiting to be begun, as `due` counts them."""
    young: int
    mature: int
    suspended: int
    flagged: int
    leeches: int
    by_age: Mapping[str, Recall]
    """Reviews of due cards by the interval before."""
    by_kind: Mapping[str, Recall]
    ease: Mapping[int, int]
    """Cards by ease factor in steps of 0.2, named by the lower end in hundredths."""
    pace: Mapping[str, Pace]
    """By kind, and for all as `all`."""
    hardest: tuple[QuestionStats, ...]
    sections: tuple[SectionStats, ...]
    """In the guides' order."""
    interviews: int
    """Mock interviews in which these cards' questions were asked."""
    interview_points: Tally
    """The points of those questions, and how many of them were said."""


def compute_stats(
    rows: Sequence[CardRow],
    logs: Mapping[CardId, Sequence[LogEntry]],
    today: date,
    scheduler: Scheduler,
    *,
    overviews: bool = True,
) -> Stats:
    """Return the statistics of these cards' logs; undone entries are ignored.

    `overviews` is the setting: whether cards that are optional wait to be begun.
    """
    by_day: Counter[date] = Counter()
    interviewed: list[LogEntry] = []
    took: defaultdict[str, list[int]] = defaultdict(list)
    by_age: defaultdict[str, list[bool]] = defaultdict(list)
    by_kind: defaultdict[str, list[bool]] = defaultdict(list)
    by_topic: defaultdict[tuple[str, str], list[bool]] = defaultdict(list)
    by_section: defaultdict[tuple[str, str], list[bool]] = defaultdict(list)
    for row in rows:
        entries = [entry for entry in logs.get(row.id, ()) if entry.undone_at is None]
        interviewed += [entry for entry in entries if entry.act is Act.INTERVIEW]
        for entry in entries:
            if entry.act.is_answer:
                by_day[entry.day] += 1
                if entry.took_ms:
                    took[row.kind].append(min(entry.took_ms, _LONGEST_MS))
        for before, recalled in _reviews(entries, scheduler):
            by_age[_age_group(before.interval_days)].append(recalled)
            by_kind[row.kind].append(recalled)
            by_topic[row.guide, row.question].append(recalled)
            by_section[row.guide, row.section].append(recalled)
    live = [row for row in rows if not row.retired]
    schedules = [row.standing.schedule for row in live if row.standing.schedule is not None]
    all_took = [milliseconds for times in took.values() for milliseconds in times]
    return Stats(
        today=today,
        answers=sum(by_day.values()),
        hours=sum(all_took) / 3_600_000,
        streak=_streak(by_day, today),
        longest_streak=_longest_streak(by_day),
        by_day={day: number for day, number in sorted(by_day.items()) if 0 <= (today - day).days < YEAR_DAYS},
        forecast=_forecast(live, today),
        new=sum(_is_new_and_active(row, today) for row in live if overviews or not row.optional),
        young=sum(schedule.interval_days < MATURE_DAYS for schedule in schedules),
        mature=sum(schedule.interval_days >= MATURE_DAYS for schedule in schedules),
        suspended=sum(row.standing.suspended for row in live),
        flagged=sum(row.standing.flag is not None for row in live),
        leeches=sum(is_leech(schedule.lapses) for schedule in schedules),
        by_age={
            age: _recall(by_age[age])
            for age in (*(name for _, name in _AGE_GROUPS), _OLDEST_AGE_GROUP)
            if age in by_age
        },
        by_kind={kind: _recall(recalled) for kind, recalled in sorted(by_kind.items())},
        ease=dict(sorted(Counter(_ease_step(schedule) for schedule in schedules).items())),
        pace={name: _pace(times) for name, times in (("all", all_took), *sorted(took.items())) if times},
        hardest=_hardest(live, by_topic),
        sections=_sections((row for row in live if overviews or not row.optional), by_section),
        interviews=len({entry.cause or entry.id for entry in interviewed}),
        interview_points=tally(
            result for entry in interviewed if (result := result_from_note(entry.note, entry.took_ms))
        ),
    )


def _reviews(entries: Iterable[LogEntry], scheduler: Scheduler) -> list[tuple[Schedule, bool]]:
    """Return each review of a card that had been learnt: its schedule before, and whether it was recalled."""
    schedule: Schedule | None = None
    found = []
    for entry in entries:
        if entry.act is not Act.REVIEW or entry.grade is None:
            continue
        if schedule is not None and entry.day != schedule.answered_on:
            found.append((schedule, entry.grade.recalled))
        if schedule is None or entry.day != schedule.answered_on:
            schedule = schedule_after(schedule, entry, scheduler)
    return found


def _is_new_and_active(row: CardRow, today: date) -> bool:
    schedule, suspended, buried_until, _ = row.standing
    return schedule is None and not suspended and (buried_until is None or buried_until <= today)


def _age_group(interval_days: int) -> str:
    return next((name for below, name in _AGE_GROUPS if interval_days < below), _OLDEST_AGE_GROUP)


def by_words(by_kind: Mapping[str, _Figure]) -> dict[str, _Figure]:
    """Return what is said of each kind of card, under the kind's words, in the order of a report.

    What no kind is called, such as `all`, comes last under its own name.
    """
    known = {kind.plural: by_kind[kind] for kind in CardKind if kind in by_kind}
    return known | {name: figure for name, figure in by_kind.items() if name not in set(CardKind)}


def _recall(recalled: Sequence[bool]) -> Recall:
    return Recall(len(recalled), sum(recalled))


def _ease_step(schedule: Schedule) -> int:
    return 130 + (schedule.ease_factor - 130) // 20 * 20


def _pace(times: Sequence[int]) -> Pace:
    ordered = sorted(times)
    slow = ordered[min(len(ordered) - 1, len(ordered) * 9 // 10)]
    return Pace(len(ordered), round(median(ordered) / 1000, 1), round(slow / 1000, 1))


def _forecast(rows: Iterable[CardRow], today: date) -> tuple[int, ...]:
    days = [0] * FORECAST_DAYS
    for row in rows:
        schedule, suspended, buried_until, _ = row.standing
        if schedule is not None and not suspended:
            ahead = (max(schedule.due, buried_until or schedule.due) - today).days
            if ahead < FORECAST_DAYS:
                days[max(0, ahead)] += 1
    return tuple(days)


def _streak(by_day: Mapping[date, int], today: date) -> int:
    day = today if today in by_day else today - timedelta(days=1)
    length = 0
    while day in by_day:
        length += 1
        day -= timedelta(days=1)
    return length


def _longest_streak(by_day: Mapping[date, int]) -> int:
    longest = length = 0
    before: date | None = None
    for day in sorted(by_day):
        length = length + 1 if before is not None and (day - before).days == 1 else 1
        longest, before = max(longest, length), day
    return longest


def _hardest(
    rows: Iterable[CardRow], by_topic: Mapping[tuple[str, str], Sequence[bool]]
) -> tuple[QuestionStats, ...]:
    lapses: Counter[tuple[str, str]] = Counter()
    sources: dict[tuple[str, str], str] = {}
    titles: dict[tuple[str, str], str] = {}
    for row in rows:
        topic = (row.guide, row.question)
        sources.setdefault(topic, f"{row.source_path}:{row.source_line}")
        titles[topic] = row.title
        lapses[topic] += row.standing.schedule.lapses if row.standing.schedule else 0
    topics = [
        QuestionStats(*topic, titles[topic], source, _recall(by_topic[topic]), lapses[topic])
        for topic, source in sources.items()
        if not all(by_topic.get(topic, (True,)))
    ]
    # One failure among two says less than ten among twenty: two invented successes pull small samples down.
    topics.sort(
        key=lambda topic: (_failures(topic.recall) / (topic.recall.reviews + 2), topic.lapses), reverse=True
    )
    return tuple(topics[:10])


def _sections(
    rows: Iterable[CardRow], by_section: Mapping[tuple[str, str], Sequence[bool]]
) -> tuple[SectionStats, ...]:
    cards: Counter[tuple[str, str]] = Counter()
    begun: Counter[tuple[str, str]] = Counter()
    for row in rows:
        cards[row.guide, row.section] += 1
        begun[row.guide, row.section] += row.standing.schedule is not None
    return tuple(
        SectionStats(place[1], number, begun[place], _recall(by_section.get(place, ())))
        for place, number in cards.items()
    )


def _failures(recall: Recall) -> int:
    return recall.reviews - recall.recalled
