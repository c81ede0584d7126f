"""How long answers take: the learner's own times, and a prior until there are enough of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable


LONGEST_MS = 120_000
"""An answer that took longer was not thought about all the while."""

SHORTEST_MS = 300
"""Nobody reads a question in less: such an answer came from a script, or without its time."""

_PRIOR_NEW_SECONDS = 25.0
"""A new card, with the looks that it takes until it sits."""
_PRIOR_REVIEW_SECONDS = 10.0
"""Another look at a card."""
_PRIOR_WEIGHT = 30
"""Answers of one's own that count as much as the prior."""


class TimedAnswer(NamedTuple):
    """An answer with the drills that followed it on its Day."""

    is_first: bool
    """It was the first answer to its card."""
    took_ms: int
    """From the question to the grade, its drills' times added; 0 where nobody knows."""

    @property
    def has_time(self) -> bool:
        """Whether it is known how long it took."""
        return self.took_ms >= SHORTEST_MS


class AnswerTimes(NamedTuple):
    """The seconds that an answer takes, its drills on the same Day included."""

    new_seconds: float = _PRIOR_NEW_SECONDS
    """A card that is begun."""
    review_seconds: float = _PRIOR_REVIEW_SECONDS
    """A card that is seen again."""
    own_answers: int = 0
    """How many answers of the learner's own are in these."""

    def seconds_of(self, answer: TimedAnswer) -> float:
        """Return how long an answer took; the mean where nobody knows."""
        if not answer.has_time:
            return self.new_seconds if answer.is_first else self.review_seconds
        return min(answer.took_ms, LONGEST_MS) / 1000


def answer_times(answers: Iterable[TimedAnswer]) -> AnswerTimes:
    """Return the mean times of those that have one, the prior counting as thirty answers of each sort."""
    new: list[float] = []
    review: list[float] = []
    for answer in answers:
        if not answer.has_time:
            continue
        (new if answer.is_first else review).append(min(answer.took_ms, LONGEST_MS) / 1000)
    return AnswerTimes(
        _blend(_PRIOR_NEW_SECONDS, new), _blend(_PRIOR_REVIEW_SECONDS, review), len(new) + len(review)
    )


def _blend(prior: float, own: list[float]) -> float:
    return (prior * _PRIOR_WEIGHT + sum(own)) / (_PRIOR_WEIGHT + len(own))
