"""Records of a person's progress, which both the review store and Anki can read and write."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from cards.card.card import CardId

SAME_MOMENT_MS = 1_000
"""Nobody answers one card twice within a second, so two records of it that close are one answer."""


class Button(IntEnum):
    """Anki's four answer buttons."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answer to one card."""

    card: CardId
    answered_at_ms: int
    """Milliseconds since 1970, UTC."""
    button: Button
    interval_days: int = 0
    """The interval after the answer; 0 for the same day."""
    previous_interval_days: int = 0
    """The interval before; 0 for a card that was new or being learnt."""
    ease_permille: int = 0
    """The ease factor after the answer, 2500 for a new card; 0 where it does not say."""
    took_ms: int = 0
    extra: bool = False
    """The answer moved no schedule: a card was practised again, or out of turn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CardProgress:
    """The present state of one card; an untouched new card has none."""

    card: CardId
    due_on: date | None = None
    """None for a card that is new, and only suspended or flagged."""
    interval_days: int = 0
    ease_permille: int = 0
    answers: int = 0
    lapses: int = 0
    suspended: bool = False
    flag: int = 0
    """Anki's coloured flag, 1 to 7; 0 for none."""


@dataclass(frozen=True, slots=True)
class Progress:
    """The progress made with a deck: answers, and the state of each card."""

    cards: tuple[CardProgress, ...]
    answers: tuple[Answer, ...]
    """In the order of their moments."""


def missing_answers(theirs: Iterable[Answer], ours: Iterable[Answer]) -> tuple[Answer, ...]:
    """Return the answers in `theirs` that `ours` lacks, in order of time.

    Each of ours stands for at most one of theirs. Moments may differ by less than a second: Anki's log
    takes only one answer a millisecond, so an export may have had to move some.
    """
    known: dict[CardId, list[int]] = {}
    for answer in sorted(ours, key=_moment):
        known.setdefault(answer.card, []).append(answer.answered_at_ms)
    unknown: list[Answer] = []
    for answer in sorted(theirs, key=_moment):
        moments = known.get(answer.card, [])
        while moments and moments[0] <= answer.answered_at_ms - SAME_MOMENT_MS:
            moments.pop(0)
        if moments and moments[0] < answer.answered_at_ms + SAME_MOMENT_MS:
            moments.pop(0)
        else:
            unknown.append(answer)
    return tuple(unknown)


def _moment(answer: Answer) -> tuple[int, CardId]:
    return answer.answered_at_ms, answer.card
