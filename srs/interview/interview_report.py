"""What an interview came to: by section, the points missed, and those before it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from srs.interview.interview_question import QuestionKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from cards.card.card import CardId
    from srs.interview.interview_question import QuestionResult


@dataclass(frozen=True, slots=True)
class Tally:
    """A number of points, and how many of them were said."""

    points: int
    said: int

    @property
    def share(self) -> float:
        """The share that was said; 0 without points."""
        return self.said / self.points if self.points else 0.0


@dataclass(frozen=True, slots=True)
class InterviewRecord:
    """One interview of the history."""

    day: date
    results: tuple[QuestionResult, ...]

    @property
    def minutes(self) -> int:
        """How long it was to be."""
        return self.results[0].minutes if self.results else 0

    @property
    def took_ms(self) -> int:
        """How long all its questions took."""
        return sum(result.took_ms for result in self.results)


def tally(results: Iterable[QuestionResult]) -> Tally:
    """Return how many points results have, and how many of them were said."""
    results = tuple(results)
    return Tally(sum(len(each.points) for each in results), sum(each.said for each in results))


def by_section(results: Iterable[QuestionResult]) -> dict[str, Tally]:
    """Return the tally of each section, in the order in which they were asked."""
    sections: dict[str, list[QuestionResult]] = {}
    for result in results:
        sections.setdefault(result.section, []).append(result)
    return {section: tally(found) for section, found in sections.items()}


def questions_asked(results: Iterable[QuestionResult]) -> int:
    """Return how many of the results are of a guide's own questions."""
    return sum(result.kind is QuestionKind.QUESTION for result in results)


def cards_missed(results: Iterable[QuestionResult]) -> tuple[CardId, ...]:
    """Return the cards of all points that were not said, each once."""
    return tuple(dict.fromkeys(card for result in results for point in result.missed for card in point.cards))


def records_of(questions: Sequence[tuple[str, date, QuestionResult]]) -> tuple[InterviewRecord, ...]:
    """Return interviews, oldest first, of their questions: each with its interview's name and its Day."""
    order: dict[str, int] = {}
    for name, *_ in questions:
        order.setdefault(name, len(order))
    sorted_questions = sorted(questions, key=lambda question: order[question[0]])
    return tuple(
        InterviewRecord(found[0][1], tuple(result for *_, result in found))
        for _, group in groupby(sorted_questions, key=lambda question: question[0])
        for found in [list(group)]
    )
