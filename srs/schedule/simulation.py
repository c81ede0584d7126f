"""Simulate reviews to compare what schedulers cost and what they retain."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from srs.schedule.memory_model import draw_grade, memory_after, recall_chance

if TYPE_CHECKING:
    from datetime import date
    from random import Random

    from srs.schedule.sm2 import FsrsMemory, Schedule, Scheduler


@dataclass(frozen=True, slots=True)
class SimulationResult:
    """Result of a simulation: the answers of each Day, and the share recalled at the end."""

    name: str
    answers: tuple[int, ...]
    """A Day; drill is not counted, only what the scheduler asked for."""
    known: float
    """The share of all begun cards that would be recalled on the Day after the last."""
    begun: int

    @property
    def answers_a_day(self) -> float:
        """Return the answers a Day, on average."""
        return sum(self.answers) / len(self.answers)

    def weeks(self) -> list[float]:
        """Return the answers a Day, averaged by week."""
        return [
            sum(week) / len(week)
            for start in range(0, len(self.answers), 7)
            if (week := self.answers[start : start + 7])
        ]


def simulate(
    name: str,
    scheduler: Scheduler,
    *,
    cards: int,
    new_a_day: int,
    days: int,
    start: date,
    random: Random,
) -> SimulationResult:
    """Return the result for a scheduler and a learner who answers every due card every Day."""
    due: defaultdict[int, list[int]] = defaultdict(list)
    schedules: list[Schedule] = []
    memories: list[FsrsMemory] = []
    last: list[int] = []
    answers: list[int] = []
    for day in range(days):
        today = start + timedelta(days=day)
        asked = due.pop(day, [])
        for card in asked:
            elapsed_days = day - last[card]
            grade = draw_grade(memories[card], elapsed_days, random)
            memories[card] = memory_after(memories[card], grade, elapsed_days)
            schedules[card] = scheduler(schedules[card], grade, today)
        begun = range(len(schedules), min(cards, len(schedules) + new_a_day))
        for _ in begun:
            grade = draw_grade(None, 0, random)
            memories.append(memory_after(None, grade))
            schedules.append(scheduler(None, grade, today))
            last.append(day)
        for card in (*asked, *begun):
            last[card] = day
            due[day + schedules[card].interval_days].append(card)
        answers.append(len(asked) + len(begun))
    known = sum(recall_chance(memory, days - day) for memory, day in zip(memories, last, strict=True))
    return SimulationResult(name, tuple(answers), known / len(memories) if memories else 0.0, len(memories))
