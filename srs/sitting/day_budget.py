"""The minutes of a Day: which decks still have some."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from srs.plan.answer_time import TimedAnswer
from srs.review.log import Act

if TYPE_CHECKING:
    from collections.abc import Iterable

    from srs.plan.answer_time import AnswerTimes
    from srs.review.sitting_state import SittingStep


@dataclass(frozen=True, slots=True)
class BudgetPart:
    """Decks that share some minutes of the Day."""

    guides: frozenset[str]
    seconds_left: float
    times: AnswerTimes


@dataclass(frozen=True, slots=True)
class DayBudget:
    """The minutes of a Day; a deck that is in no part may be asked as long as one likes."""

    parts: tuple[BudgetPart, ...]

    def after(self, steps: Iterable[SittingStep]) -> DayBudget:
        """Return what is left of it after what was done in a sitting."""
        steps = tuple(steps)
        return DayBudget(
            tuple(replace(part, seconds_left=part.seconds_left - _used(part, steps)) for part in self.parts)
        )

    def has_room(self, guide: str) -> bool:
        """Tell whether one more card of a deck may be asked."""
        return all(part.seconds_left > 0 for part in self.parts if guide in part.guides)


def _used(part: BudgetPart, steps: Iterable[SittingStep]) -> float:
    seconds = 0.0
    for step in steps:
        if step.grade is None or step.queued.waiting.guide not in part.guides:
            continue
        answer = TimedAnswer(step.queued.waiting.due is None and step.act is Act.REVIEW, step.took_ms)
        # Where nobody knows the time, the mean of an answer counts, which has its drills in it.
        if step.act is Act.REVIEW or answer.has_time:
            seconds += part.times.seconds_of(answer)
    return seconds
