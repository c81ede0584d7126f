"""Compare orders of the heap after a holiday: `python -m tests.bench.bench_backlog [LEARNERS]`.

The same learners and minutes as in `bench_interview`, who are away for two weeks and more; only the order of what is due differs. Printed are the weighted recall on the day, and by how much it differs from ours, with the standard error of that difference.
"""

# ruff: noqa: E501, T201 - sentences are whole lines, it prints what it measured

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import date, timedelta
from math import sqrt
from statistics import mean, stdev
from typing import TYPE_CHECKING

from srs.plan.interview_day import InterviewDay
from srs.schedule.memory_model import recall_chance
from tests.bench.bench_interview import START, ByTheDay, Card, Learner, learner_of, overdue

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

CASES = ((42, 10, range(14, 26)), (42, 6, range(14, 26)), (60, 10, range(20, 34)))
"""Days, minutes a Day, and the Days away."""


def _recall(card: Card, today: date, later_days: int = 0) -> float:
    assert card.memory is not None
    return recall_chance(card.memory, (today - card.answered).days + later_days)


def by_recall(card: Card, today: date) -> tuple[float, int, int]:
    """Put first what is least likely to be recalled."""
    return (_recall(card, today), 0, card.place)


def by_loss(card: Card, today: date) -> tuple[float, int, int]:
    """Put first what loses most, weighted, by waiting until tomorrow."""
    return (-card.weight * (_recall(card, today) - _recall(card, today, 1)), 0, card.place)


ORDERS: dict[str, Callable[[Card, date], tuple[float, int, int]]] = {
    "relative overdueness (ours)": overdue,
    "least recall": by_recall,
    "most lost by waiting": by_loss,
}


@dataclass(slots=True)
class Reordered(ByTheDay):
    """Ours, but for the order of what is due."""

    order: Callable[[Card, date], tuple[float, int, int]] = overdue

    def agenda(self, learner: Learner, today: date, interview: InterviewDay) -> Iterable[Card]:
        """Return what the plan chooses, in another order."""
        choice, by_id = self.choice(learner, today, interview)
        if choice.is_last_looks:
            return [by_id[card] for card in (*choice.again, *choice.new, *choice.overflow)]
        due = [by_id[card] for card in (*choice.again, *choice.overflow) if by_id[card].memory]
        due.sort(key=lambda card: self.order(card, today))
        fits = len(choice.again)
        rest = [by_id[card] for card in choice.overflow if not by_id[card].memory]
        return [*due[:fits], *(by_id[card] for card in choice.new), *due[fits:], *rest]


def live(policy: ByTheDay, days: int, minutes: float, away: range, seed: int) -> float:
    """Return the weighted recall on the day."""
    learner = learner_of(seed)
    interview = InterviewDay(START + timedelta(days=days), minutes)
    for number in range(days):
        today = START + timedelta(days=number)
        learner.used = 0.0
        is_missed = learner.random.random() < learner.misses
        for card in () if is_missed or number in away else policy.agenda(learner, today, interview):
            if learner.used >= minutes * 60:
                break
            learner.answer(card, today, policy.scheduler)
    whole = sum(card.weight for card in learner.cards)
    return sum(card.weight * card.recall(interview.day) for card in learner.cards) / whole


def main() -> None:
    """Measure and print."""
    learners = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    for days, minutes, away in CASES:
        print(f"{days} days, {minutes} minutes a day, {len(away)} days away, {learners} learners")
        ours: list[float] = []
        for name, order in ORDERS.items():
            found = [live(Reordered(order=order), days, minutes, away, seed) for seed in range(learners)]
            ours = ours or found
            differences = [one - other for one, other in zip(found, ours, strict=True)]
            error = stdev(differences) / sqrt(learners)
            print(
                f"  {name:28} recall {mean(found):.3f}  difference {mean(differences):+.3f} ± {error:.3f}",
                flush=True,
            )


if __name__ == "__main__":
    main()
