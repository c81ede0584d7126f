"""Turn progress into rows of an Anki collection: schedules on cards, answers in the review log."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cards.card.card import CardId
    from exporters.anki.progress import Answer, CardProgress, Progress

_LATEST_DAY_ZERO = date(2020, 1, 1)
"""Day 0 of a package, unless something was due before; an import shifts by the difference to its own."""

_ROLLOVER_HOUR = 4
_LOWEST_EASE = 1300
_NEW_CARD, _REVIEW_CARD, _SUSPENDED = 0, 2, -1
_LOG_LEARN, _LOG_REVIEW, _LOG_FILTERED = 0, 1, 3


@dataclass(frozen=True, slots=True)
class AnkiCardRow:
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


class AnkiLogRow(NamedTuple):
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
class PackageProgress:
    """A person's progress as rows and settings of an Anki collection."""

    created_at: int = 0
    """04:00 of day 0 in seconds since 1970; 0 leaves it to genanki."""
    settings: Mapping[str, Any] = field(default_factory=dict)
    """What the collection must say for Anki to read the rest as meant."""
    card_rows: Mapping[CardId, AnkiCardRow] = field(default_factory=dict)
    log: tuple[AnkiLogRow, ...] = ()
    """Their moments are distinct and rise."""

    @property
    def scheduled(self) -> frozenset[CardId]:
        """The cards that are no longer new."""
        return frozenset(card for card, state in self.card_rows.items() if state.type != _NEW_CARD)


def package_progress(
    progress: Progress, cards: frozenset[CardId], utc_offset_minutes: int
) -> PackageProgress:
    """Return the progress of the cards; days begin and end as in a time zone so many minutes east of UTC."""
    standings = [standing for standing in progress.cards if standing.card in cards]
    known = frozenset(standing.card for standing in standings)
    answers = [answer for answer in progress.answers if answer.card in known]
    created_on = min([_LATEST_DAY_ZERO, *(standing.due_on for standing in standings if standing.due_on)])
    last_answer: dict[CardId, int] = {}
    for answer in answers:
        if answer.extra:  # Anki does not count practice as a review either.
            continue
        last_answer[answer.card] = max(answer.answered_at_ms, last_answer.get(answer.card, 0))
    states = {
        standing.card: _card_row(standing, created_on, last_answer.get(standing.card))
        for standing in standings
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
    return PackageProgress(int(created_at.timestamp()), settings, states, _log_rows(answers))


def _card_row(standing: CardProgress, created_on: date, last_answer_ms: int | None) -> AnkiCardRow:
    queue = _SUSPENDED if standing.suspended else None
    if standing.due_on is None:
        return AnkiCardRow(type=_NEW_CARD, queue=_NEW_CARD if queue is None else queue, flag=standing.flag)
    # Without the last review's moment Anki's database check adds it and forces a full sync.
    memory = {} if last_answer_ms is None else {"lrt": last_answer_ms // 1000}
    return AnkiCardRow(
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


def _log_rows(answers: list[Answer]) -> tuple[AnkiLogRow, ...]:
    rows: list[AnkiLogRow] = []
    moment = 0
    for answer in sorted(answers, key=lambda answer: (answer.answered_at_ms, answer.card)):
        # The moment is the row's key: Anki drops the second of two without a word.
        moment = max(answer.answered_at_ms, moment + 1)
        rows.append(
            AnkiLogRow(
                moment_ms=moment,
                card=answer.card,
                button=answer.button.value,
                interval_days=answer.interval_days,
                previous_interval_days=answer.previous_interval_days,
                ease_permille=0 if answer.extra else max(_LOWEST_EASE, answer.ease_permille),
                took_ms=answer.took_ms,
                kind=_log_kind(answer),
            )
        )
    return tuple(rows)


def _log_kind(answer: Answer) -> int:
    if answer.extra:
        return _LOG_FILTERED
    return _LOG_REVIEW if answer.previous_interval_days else _LOG_LEARN
