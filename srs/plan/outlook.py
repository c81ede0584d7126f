"""What is foretold of an interview, put together for a screen."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from cards.guide.importance import Importance
from srs.plan.forecast import weighted_recall
from srs.plan.position import Position, position_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from srs.plan.deck_plan import DeckPlan
    from srs.plan.forecast import Forecast
    from srs.plan.interview_day import PlannedCard


class SectionOutlook(NamedTuple):
    """What is foretold of a section."""

    section: str
    cards: int
    begun: int
    """Cards that will be begun by then."""
    recall: float
    """The share of its cards that will be known, weighted by what matters."""


class Outlook(NamedTuple):
    """What is foretold of an interview."""

    position: Position
    cards: int
    new: int
    """Cards that are not begun yet."""
    new_today: int
    """New cards that today holds."""
    new_a_day: float
    """New cards a Day from today to the last Day that has some."""
    last_new_day: date | None
    first_last_look: date | None
    longest_minutes: float
    """Minutes of the longest Day."""
    left_out: dict[Importance, tuple[int, int]]
    """For each importance: cards that will never be begun, of how many."""
    recall: float
    sections: tuple[SectionOutlook, ...]
    minutes_by_day: tuple[float, ...]
    own_answers: int
    """Answers of the learner's own that the times are made of."""
    known_by_day: tuple[float, ...] = ()
    """For each Day the share that will be known on the day of the interview if that Day is the last one."""


def outlook_of(plan: DeckPlan, foretold: Forecast, today: date) -> Outlook:
    """Return what is foretold of the decks of a plan."""
    new_days = [each.new for each in foretold.days if each.new]
    last = foretold.last_new_day
    span = (last - today).days + 1 if last else 1
    left = {card.card for card in foretold.left_out}
    left_out = {}
    for importance in reversed(Importance):
        of_it = [card for card in foretold.cards if card.weight == importance]
        left_out[importance] = (sum(card.card in left for card in of_it), len(of_it))
    return Outlook(
        position_of(plan, today),
        len(plan.cards),
        len(plan.new),
        foretold.days[0].new if foretold.days else 0,
        sum(new_days) / span,
        last,
        next((each.day for each in foretold.days if each.is_last_looks), None),
        max((each.minutes for each in foretold.days), default=0.0),
        left_out,
        foretold.recall,
        _sections(foretold),
        tuple(each.minutes for each in foretold.days),
        plan.times.own_answers,
        tuple(each.known for each in foretold.days),
    )


def _sections(foretold: Forecast) -> tuple[SectionOutlook, ...]:
    by_section: defaultdict[str, list[PlannedCard]] = defaultdict(list)
    for card in foretold.cards:
        by_section[card.section].append(card)
    return tuple(
        SectionOutlook(
            section,
            len(cards),
            sum(card.schedule is not None for card in cards),
            weighted_recall(cards, foretold.interview.day),
        )
        for section, cards in sorted(by_section.items(), key=lambda each: _place(each[1]))
    )


def _place(cards: Sequence[PlannedCard]) -> tuple[str, int]:
    """Return where a section stands: its guide, and the first of its cards in it."""
    return min((card.guide, card.position) for card in cards)
