"""What was done in a sitting, in numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from srs.review.log import Act

if TYPE_CHECKING:
    from srs.review.sitting_state import SittingState


class SittingTotals(NamedTuple):
    """The totals of a sitting: cards, answers, time."""

    cards: int
    """Different cards answered."""
    new: int
    answers: int
    """Drills included."""
    recalled: int
    """Of the first answers to due cards, those graded 3 or more."""
    reviews: int
    """First answers to due cards."""
    took_ms: int


def sitting_totals(state: SittingState) -> SittingTotals:
    """Return the totals of a sitting so far."""
    answers = [step for step in state.steps if step.grade is not None]
    reviews = [step for step in answers if step.act is Act.REVIEW and step.queued.waiting.due is not None]
    return SittingTotals(
        cards=len({step.queued.waiting.card for step in answers}),
        new=sum(step.act is Act.REVIEW and step.queued.waiting.due is None for step in answers),
        answers=len(answers),
        recalled=sum(step.grade.recalled for step in reviews if step.grade is not None),
        reviews=len(reviews),
        took_ms=sum(step.took_ms for step in answers),
    )
