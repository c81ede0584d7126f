"""Progress as the rows of an Anki collection: schedules on cards, answers in the review log."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cards.card.card import CardId
    from exporters.anki.progress import Answer, Progress, Standing

_CREATED_ON = date(2020, 1, 1)
"""Day 0 of a package, unless something was due before; an import shifts by the difference to its own."""

_ROLLOVER_HOUR = 4
_LOWEST_EASE = 1300
_NEW_CARD, _REVIEW_CARD, _SUSPENDED = 0, 2, -1
_LEARN, _REVIEW, _FILTERED = 0, 1, 3


@dataclass(frozen=True, slots=True)
class CardState:
    """The columns of Anki's cards that say when a card is shown, from `type` to `data`."""

    type: int
    queue: int
    due: int = 0
    """Days since the collection's first; a new card is due by its place in the deck instead."""
    interval_days: int = 0
    ease_permille: int = 0
    answers: int = 0
    lapses: int = 0
    flag: int = 0
    memory: str = ""


class LogRow(NamedTuple):
    """One row of Anki's `revlog`, with our card's id in the place of its number."""

    moment_ms: int
    card: CardId
    button: int
    interval_days: int
    previous_interval_days: int
    ease_permille: int
    took_ms: int
    kind: int


@dataclass(frozen=True, slots=True)
class Study:
    """What a package carries of a person's progress."""

    created_at: int = 0
    """04:00 of day 0 in seconds since 1970; 0 leaves it to genanki."""
    settings: Mapping[str, Any] = field(default_factory=dict)
    """What the collection must say for Anki to read the rest as meant."""
    states: Mapping[CardId, CardState] = field(default_factory=dict)
    log: tuple[LogRow, ...] = ()
    """Their moments are distinct and rise."""

    @property
    def scheduled(self) -> frozenset[CardId]:
        """The cards that are no longer new."""
        return frozenset(card for card, state in self.states.items() if state.type != _NEW_CARD)


def study_of(progress: Progress, cards: frozenset[CardId], utc_offset_minutes: int) -> Study:
    """Return the progress of those cards; days are those of a place so many minutes east of Greenwich."""
    standings = [standing for standing in progress.standings if standing.card in cards]
    known = frozenset(standing.card for standing in standings)
    answers = [answer for answer in progress.answers if answer.card in known]
    created_on = min([_CREATED_ON, *(standing.due_on for standing in standings if standing.due_on)])
    last_answer: dict[CardId, int] = {}
    for answer in answers:
        if answer.extra:  # Anki does not count practice as a review either.
            continue
        last_answer[answer.card] = max(answer.answered_at_ms, last_answer.get(answer.card, 0))
    states = {
        standing.card: _state(standing, created_on, last_answer.get(standing.card)) for standing in standings
    }
    midnight = datetime(created_on.year, created_on.month, created_on.day, tzinfo=UTC)
    created_at = midnight + timedelta(hours=_ROLLOVER_HOUR, minutes=-utc_offset_minutes)
    settings = {
        # Without these a package counts as one of the first scheduler, and Anki rewrites its log.
        "schedVer": 2,
        "sched2021": True,
        "rollover": _ROLLOVER_HOUR,
        "creationOffset": -utc_offset_minutes,
        "localOffset": -utc_offset_minutes,
    }
    return Study(int(created_at.timestamp()), settings, states, _log(answers))


def _state(standing: Standing, created_on: date, last_answer_ms: int | None) -> CardState:
    queue = _SUSPENDED if standing.suspended else None
    if standing.due_on is None:
        return CardState(type=_NEW_CARD, queue=_NEW_CARD if queue is None else queue, flag=standing.flag)
    # Without the last review's moment Anki's database check adds it and forces a full sync.
    memory = {} if last_answer_ms is None else {"lrt": last_answer_ms // 1000}
    return CardState(
        type=_REVIEW_CARD,
        queue=_REVIEW_CARD if queue is None else queue,
        due=(standing.due_on - created_on).days,
        interval_days=max(1, standing.interval_days),
        ease_permille=max(_LOWEST_EASE, standing.ease_permille),
        answers=standing.answers,
        lapses=standing.lapses,
        flag=standing.flag,
        memory=json.dumps(memory, separators=(",", ":")) if memory else "",
    )


def _log(answers: list[Answer]) -> tuple[LogRow, ...]:
    rows: list[LogRow] = []
    moment = 0
    for answer in sorted(answers, key=lambda answer: (answer.answered_at_ms, answer.card)):
        # The moment is the row's key: Anki drops the second of two without a word.
        moment = max(answer.answered_at_ms, moment + 1)
        rows.append(
            LogRow(
                moment_ms=moment,
                card=answer.card,
                button=answer.button.value,
                interval_days=answer.interval_days,
                previous_interval_days=answer.previous_interval_days,
                ease_permille=0 if answer.extra else max(_LOWEST_EASE, answer.ease_permille),
                took_ms=answer.took_ms,
                kind=_kind(answer),
            )
        )
    return tuple(rows)


def _kind(answer: Answer) -> int:
    if answer.extra:
        return _FILTERED
    return _REVIEW if answer.previous_interval_days else _LEARN
