"""Where a learner stands on the way to an interview, in figures and in words."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from cards.guide.importance import Importance
from srs.plan.forecast import weighted_recall
from srs.words import count

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from srs.plan.deck_plan import DeckPlan
    from srs.plan.interview_day import PlannedCard

_FIRM_REPETITIONS = 2
"""Right on so many Days in a row."""


class Position(NamedTuple):
    """Where a learner stands."""

    day: date
    days_left: int
    """Days to learn on, today included."""
    days_behind: int | None
    """None where no plan says where one should be."""
    minutes_used: float
    minutes: float
    questions: int
    """Without the tasks, which are written and not recited."""
    begun: int
    """Questions of which a card was answered."""
    firm: int
    """Questions whose core cards are all known."""
    recall: float
    """The share of the cards that is known on the day if nothing more is done; an estimate."""
    tasks: int = 0
    """Tasks with lines whose reasons are asked."""
    tasks_begun: int = 0

    @property
    def begun_words(self) -> str:
        """How much was begun: `27 of 33 questions begun, 4 firm; 2 of 10 tasks begun`."""
        questions = f"{self.begun} of {count(self.questions, 'question')} begun, {self.firm} firm"
        tasks = f"{self.tasks_begun} of {count(self.tasks, 'task')} begun"
        return "; ".join([*[questions] * (self.questions > 0), *[tasks] * (self.tasks > 0)])


def position_of(plan: DeckPlan, today: date) -> Position:
    """Return where the learner of these decks stands today."""
    by_question: defaultdict[tuple[str, str], list[PlannedCard]] = defaultdict(list)
    for card in plan.cards:
        by_question[card.guide, card.question].append(card)
    tasks = {key for key, cards in by_question.items() if all(card.is_of_line for card in cards)}
    begun = {(card.guide, card.question) for card in plan.begun}
    return Position(
        plan.interview.day,
        plan.interview.days_left(today),
        plan.start.days_behind(today, len(plan.begun)) if plan.start else None,
        plan.seconds_used / 60,
        plan.interview.minutes,
        len(by_question) - len(tasks),
        len(begun - tasks),
        sum(_is_firm(cards) for key, cards in by_question.items() if key not in tasks),
        weighted_recall(plan.cards, plan.interview.day),
        len(tasks),
        len(begun & tasks),
    )


def _is_firm(cards: Sequence[PlannedCard]) -> bool:
    core = [card for card in cards if card.weight == Importance.CORE] or cards
    return all(card.schedule and card.schedule.repetitions >= _FIRM_REPETITIONS for card in core)


def position_lines(position: Position, deck: str = "") -> list[str]:
    """Return two lines that say where a learner stands; `deck` names the decks, where there are several."""
    days = count(position.days_left, "day")
    of_deck = f" for {deck}" if deck else ""
    pace = {None: "", 0: ", on time"}.get(position.days_behind)
    if pace is None:
        late = position.days_behind
        pace = f", {count(late or 0, 'day')} behind"
    used, minutes = round(position.minutes_used), round(position.minutes)
    where = f"Interview{of_deck} on {position.day:%A, %-d %B %Y}: {days} to go{pace}"
    known = f"as things stand, about {position.recall:.0%} known on the day (an estimate)"
    return [f"{where}; today {used} of {minutes} minutes.", f"{position.begun_words}; {known}."]
