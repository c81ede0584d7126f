"""A question of a mock interview, with the points that its answer should make."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from cards.card.card import CardId
    from cards.card.sides import Side
    from srs.review.shown_card import ColouredCode


class QuestionKind(StrEnum):
    """What an interviewer asks for."""

    QUESTION = "question"
    """One of the guide's own questions."""
    FOLLOW_UP = "follow-up"
    """What is asked next, after a question."""
    TASK = "task"
    """Code, at the end."""


@dataclass(frozen=True, slots=True)
class Point:
    """A thing that a good answer says."""

    words: str
    cards: tuple[CardId, ...] = ()
    """The cards that ask for it; none where nothing can be asked of it again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InterviewQuestion:
    """What the interviewer asks, and what a good answer says."""

    kind: QuestionKind
    card: CardId
    """The card that stands for it in the log."""
    words: str
    """The interviewer's words."""
    section: str
    points: tuple[Point, ...]
    topic: str = ""
    """The slug of the guide's question, which its follow-ups share; of a task, the task's."""
    source: str = ""
    """`path:line`."""
    front: Side = ()
    """What is shown below the words: the description of a task, or code."""
    back: Side = ()
    """What is shown below the points: the reference answer of a task."""
    paint: tuple[tuple[str, ColouredCode], ...] = ()
    """For each piece of code on the two, how it is coloured."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionResult:
    """What was said of a question in an interview."""

    kind: QuestionKind
    words: str
    section: str
    points: tuple[tuple[Point, bool], ...]
    """Each point, and whether it was said."""
    topic: str = ""
    source: str = ""
    typed: str = ""
    """The key words that were typed."""
    minutes: int = 0
    """How long the interview was to be."""
    took_ms: int = 0

    @property
    def said(self) -> int:
        """How many of the points were said."""
        return sum(said for _, said in self.points)

    @property
    def missed(self) -> tuple[Point, ...]:
        """The points that were not said."""
        return tuple(point for point, said in self.points if not said)


class CodeResult(NamedTuple):
    """What came of written code."""

    passed: frozenset[int] | None
    """The places of the checks that it passed, from 0; None where nothing was run."""
    message: str = ""


def result_of(
    question: InterviewQuestion, said: frozenset[int], *, typed: str, minutes: int, took_ms: int
) -> QuestionResult:
    """Return the result of a question whose points with these places, from 0, were said."""
    return QuestionResult(
        kind=question.kind,
        words=question.words,
        section=question.section,
        points=tuple((point, place in said) for place, point in enumerate(question.points)),
        topic=question.topic,
        source=question.source,
        typed=typed,
        minutes=minutes,
        took_ms=took_ms,
    )
