"""Compare what is known on the day of an interview: `python tests/bench/bench_interview.py [LEARNERS]`.

Learners are drawn from FSRS-6's published model, with a spread of difficulty, of memory, of seconds an answer and of missed days. All policies have the same minutes a day, and what does not fit waits. Recall is over all cards, weighted by rank, so a card that was never begun counts as unknown.
"""

# ruff: noqa: ARG002, E501, T201, S311 - policies have one signature, sentences are whole lines, it prints what it measured, and draws learners

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from datetime import date, timedelta
from math import ceil, exp
from random import Random
from statistics import mean
from typing import TYPE_CHECKING, Protocol

from srs.plan.answer_time import AnswerTimes
from srs.plan.interview_day import InterviewDay, PlannedCard, choose_day
from srs.schedule.memory_model import draw_grade, memory_after, recall_chance
from srs.schedule.sm2 import Grade, Schedule, sm2_schedule

if TYPE_CHECKING:
    from collections.abc import Iterable

    from srs.plan.interview_day import DayChoice
    from srs.schedule.sm2 import FsrsMemory

START = date(2026, 1, 1)
QUESTIONS = 28
CARDS = 671
CASES = ((42, 10), (21, 10), (7, 10), (42, 20), (7, 30))
_DECAY = -0.1542


@dataclass(slots=True, eq=False)
class Card:
    """A card of a simulated learner."""

    place: int
    """In the guide."""
    question: int
    weight: int
    ease: float
    """How much longer than the model's average it is remembered."""
    memory: FsrsMemory | None = None
    """As the model sees it from the grades."""
    schedule: Schedule | None = None
    answered: date = START

    def recall(self, day: date) -> float:
        """Return how likely the learner recalls it."""
        if self.memory is None:
            return 0.0
        true = self.memory._replace(stability_days=self.memory.stability_days * self.ease)
        return recall_chance(true, (day - self.answered).days)


@dataclass(slots=True)
class Learner:
    """Somebody with a deck, some days and some minutes a day."""

    random: Random
    cards: list[Card]
    new_seconds: float
    review_seconds: float
    misses: float
    """The share of Days that are missed."""
    used: float = 0.0
    days: list[float] = field(default_factory=list)

    def answer(self, card: Card, today: date, scheduler: SchedulerOf) -> None:
        """Answer a card, and again on the same Day until it sits."""
        if card.memory is None:
            grade = draw_grade(None, 0, self.random)
            self.used += self.new_seconds
            card.memory = memory_after(None, grade)
        else:
            grade = _grade(card, today, self.random)
            self.used += self.review_seconds
            card.memory = memory_after(card.memory, grade, (today - card.answered).days)
        settled = grade.settled
        while not settled:
            self.used += self.review_seconds * 0.7
            settled = self.random.random() < 0.8
        card.answered = today
        card.schedule = scheduler(card, grade, today)


def _grade(card: Card, today: date, random: Random) -> Grade:
    if random.random() >= card.recall(today):
        return Grade.WRONG
    drawn = random.random()
    return Grade.HARD if drawn < 0.12 else Grade.GOOD if drawn < 0.84 else Grade.PERFECT


class SchedulerOf(Protocol):
    """What an answer does to a card's schedule."""

    def __call__(self, card: Card, grade: Grade, today: date) -> Schedule: ...


def by_sm2(card: Card, grade: Grade, today: date) -> Schedule:
    """Schedule as published."""
    return sm2_schedule(card.schedule, grade, today)


def by_fsrs(retention: float) -> SchedulerOf:
    """Schedule so that the share is known when a card is due."""
    longer = (retention ** (1 / _DECAY) - 1) / (0.9 ** (1 / _DECAY) - 1)

    def schedule(card: Card, grade: Grade, today: date) -> Schedule:
        assert card.memory is not None
        days = max(1, round(card.memory.stability_days * longer))
        ease = card.schedule.ease_factor if card.schedule else sm2_schedule(None, grade, today).ease_factor
        return Schedule(int(grade.recalled), days, ease, today + timedelta(days=days))

    return schedule


class Policy(Protocol):
    """What is asked on a Day, in order."""

    scheduler: SchedulerOf

    def agenda(self, learner: Learner, today: date, interview: InterviewDay) -> Iterable[Card]: ...


def _due(learner: Learner, today: date) -> list[Card]:
    due = [
        card
        for card in learner.cards
        if card.schedule and card.schedule.due <= today and card.answered < today
    ]
    return sorted(due, key=lambda card: overdue(card, today))


def overdue(card: Card, today: date) -> tuple[float, int, int]:
    """Return a key that puts first what is most overdue in relation to its interval."""
    assert card.schedule is not None
    return (
        -(today - card.schedule.due).days / card.schedule.interval_days,
        card.schedule.interval_days,
        card.place,
    )


@dataclass(slots=True)
class NewADay:
    """Everything due, then so many new cards in the guide's order."""

    new: int
    scheduler: SchedulerOf

    def agenda(self, learner: Learner, today: date, interview: InterviewDay) -> Iterable[Card]:
        """Return due and new cards."""
        new = [card for card in learner.cards if card.memory is None]
        return [*_due(learner, today), *new[: self.new]]


@dataclass(slots=True)
class ExamScheduler:
    """RemNote's exam scheduler as its help pages tell it.

    New cards are spread evenly up to the last days, each card comes once more in the last days, and a review that would come shortly before that waits for it.
    """

    scheduler: SchedulerOf
    last: int = 3

    def agenda(self, learner: Learner, today: date, interview: InterviewDay) -> Iterable[Card]:
        """Return due and new cards, or the last looks."""
        new = [card for card in learner.cards if card.memory is None]
        last = max(1, min(self.last, (interview.day - START).days // 4))
        first_last = interview.day - timedelta(days=last)
        if today >= first_last:
            waits = [card for card in learner.cards if card.memory and card.answered < first_last]
            return [*waits, *_due(learner, today), *new]
        return [*_due(learner, today), *new[: ceil(len(new) / (first_last - today).days)]]


@dataclass(slots=True)
class ByTheDay:
    """Ours: by rank, within the minutes, with last looks."""

    scheduler: SchedulerOf = by_sm2

    def agenda(self, learner: Learner, today: date, interview: InterviewDay) -> Iterable[Card]:
        """Return what the plan chooses."""
        choice, by_id = self.choice(learner, today, interview)
        return [by_id[card] for card in (*choice.again, *choice.new, *choice.overflow)]

    def choice(
        self, learner: Learner, today: date, interview: InterviewDay
    ) -> tuple[DayChoice, dict[str, Card]]:
        """Return what the plan chooses, and the cards by their names there."""
        by_id = {str(card.place): card for card in learner.cards}
        new = sorted((card for card in learner.cards if card.memory is None), key=rank)
        begun = [
            PlannedCard(str(card.place), card.weight, schedule=card.schedule, memory=card.memory)
            for card in learner.cards
            if card.memory
        ]
        times = AnswerTimes(learner.new_seconds * 1.3, learner.review_seconds * 1.15)
        choice = choose_day(
            interview, today, begun, [PlannedCard(str(card.place), card.weight) for card in new], times
        )
        return choice, by_id


def rank(card: Card) -> tuple[int, int, int]:
    """Return the place of a card in the order of rank: core first, one of each question in turn."""
    return (-card.weight, card.place % (CARDS // QUESTIONS), card.question)


def learner_of(seed: int) -> Learner:
    """Return a learner drawn from the model."""
    random = Random(seed)
    memory = exp(random.gauss(0, 0.25))
    cards = [
        Card(
            place,
            place * QUESTIONS // CARDS,
            random.choices((3, 2, 1), (0.25, 0.5, 0.25))[0],
            memory * exp(random.gauss(0, 0.4)),
        )
        for place in range(CARDS)
    ]
    return Learner(
        random,
        cards,
        max(8.0, random.gauss(18, 4)),
        max(4.0, random.gauss(8, 2)),
        random.uniform(0, 0.15),
    )


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one learner's Days."""

    recall: float
    begun: float
    questions: float
    worst: float
    """Minutes of the longest Day."""
    minutes: float


def live(policy: Policy, days: int, minutes: float, seed: int) -> Outcome:
    """Return what comes of the Days until the interview."""
    learner = learner_of(seed)
    interview = InterviewDay(START + timedelta(days=days), minutes)
    for number in range(days):
        today = START + timedelta(days=number)
        learner.used = 0.0
        if learner.random.random() >= learner.misses:
            for card in policy.agenda(learner, today, interview):
                if learner.used >= minutes * 60:
                    break
                learner.answer(card, today, policy.scheduler)
        learner.days.append(learner.used / 60)
    begun = [card for card in learner.cards if card.memory]
    return Outcome(
        sum(card.weight * card.recall(interview.day) for card in begun)
        / sum(card.weight for card in learner.cards),
        len(begun) / CARDS,
        len({card.question for card in begun}) / QUESTIONS,
        max(learner.days),
        sum(learner.days),
    )


POLICIES: dict[str, Policy] = {
    "by the day": ByTheDay(),
    "SM-2, 10 new (the default)": NewADay(10, by_sm2),
    "SM-2, 17 new": NewADay(17, by_sm2),
    "FSRS 0.90, 20 new": NewADay(20, by_fsrs(0.9)),
    "FSRS 0.95, 20 new": NewADay(20, by_fsrs(0.95)),
    "exam scheduler, SM-2": ExamScheduler(by_sm2),
    "exam scheduler, FSRS 0.90": ExamScheduler(by_fsrs(0.9)),
}


def main() -> None:
    """Measure and print."""
    learners = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    for days, minutes in CASES:
        print(f"{days} days, {minutes} minutes a day, {learners} learners")
        for name, policy in POLICIES.items():
            outcomes = [live(policy, days, minutes, seed) for seed in range(learners)]
            print(
                f"  {name:28} recall {mean(each.recall for each in outcomes):.3f}"
                f"  begun {mean(each.begun for each in outcomes):4.0%}"
                f"  questions {mean(each.questions for each in outcomes):4.0%}"
                f"  longest day {max(each.worst for each in outcomes):4.1f}"
                f"  minutes {mean(each.minutes for each in outcomes):3.0f}",
                flush=True,
            )


if __name__ == "__main__":
    main()
