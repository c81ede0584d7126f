"""The order in which new cards are introduced: what matters first, breadth before depth.

Every question's core comes before anyone's details. Within one importance one card of each question is
taken in turn, in the guide's order, so that what stands earlier, and is built on, comes earlier too.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from cards.card.kind import CardKind
from cards.guide.importance import Importance

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_CORE_CARDS = 3
"""Cards of a question that are core where its author says nothing."""
_PLAIN_CARDS = 10
"""Cards of a question, core ones among them, behind which all are extra where its author says nothing."""


class IntroducedCard(NamedTuple):
    """What the place of a card in the order depends on."""

    question: str
    kind: CardKind
    said: Importance | None = None
    """What the author says; None for nothing."""


class Introduction(NamedTuple):
    """The place of a card in the order, from 0, and its importance."""

    place: int
    importance: Importance


_STAGES = (
    frozenset({CardKind.OVERVIEW, CardKind.QUIZ, CardKind.OUTPUT, CardKind.CODE, CardKind.COMMAND}),
    frozenset({CardKind.FACT, CardKind.TERM, CardKind.CONTRAST, CardKind.STEP}),
    frozenset({CardKind.FAQ}),
    frozenset({CardKind.WHY, CardKind.PREDICT, CardKind.SPOT, CardKind.COMPLETE}),
    frozenset({CardKind.CELL, CardKind.ITEM}),
    frozenset({CardKind.TRAIT, CardKind.REVERSE, CardKind.NAME}),
)
"""The kinds by when they come in their question: what it asks, what it rests on, what is asked next, how it
looks in code, details, and what is asked backwards."""
_NEVER_CORE = _STAGES[-1]


def introductions(cards: Sequence[IntroducedCard]) -> tuple[Introduction, ...]:
    """Return the place and the importance of each card, in the order of the cards given: the guide's."""
    rounds = _rounds(cards)
    importances = [_importance(card, rounds[place]) for place, card in enumerate(cards)]
    order = sorted(range(len(cards)), key=lambda place: (-importances[place], rounds[place], place))
    places = {place: number for number, place in enumerate(order)}
    return tuple(Introduction(places[place], importances[place]) for place in range(len(cards)))


def _rounds(cards: Sequence[IntroducedCard]) -> list[int]:
    """Return for each card how many of its question come before it."""
    by_question: defaultdict[str, list[int]] = defaultdict(list)
    for place, card in enumerate(cards):
        by_question[card.question].append(place)
    rounds = [0] * len(cards)
    for places in by_question.values():
        ordered = sorted(places, key=lambda place: _stage_key(cards[place], place))
        for number, place in enumerate(_kinds_in_turn(ordered, cards)):
            rounds[place] = number
    return rounds


def _stage_key(card: IntroducedCard, place: int) -> tuple[int, int, int]:
    # The interview question itself goes before what its author says is core.
    usual = Importance.CORE if card.kind.is_optional else Importance.PLAIN
    said = -(usual if card.said is None else card.said)
    stage = next(number for number, kinds in enumerate(_STAGES) if card.kind in kinds)
    return (said, stage, place)


def _kinds_in_turn(places: Iterable[int], cards: Sequence[IntroducedCard]) -> list[int]:
    """Return the cards of one question with the cards of each stage in turn, the first stage first.

    So its third card is no third definition while there is code to read.
    """
    stages: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
    for place in places:
        stages[_stage_key(cards[place], place)[:2]].append(place)
    by_said: defaultdict[int, list[list[int]]] = defaultdict(list)
    for (said, _), stage in stages.items():
        by_said[said].append(stage)
    ordered: list[int] = []
    for members in by_said.values():
        turns = range(max(map(len, members)))
        ordered += [each[turn] for turn in turns for each in members if turn < len(each)]
    return ordered


def _importance(card: IntroducedCard, number: int) -> Importance:
    if card.said is not None:
        return card.said
    if number < _CORE_CARDS and card.kind not in _NEVER_CORE:
        return Importance.CORE
    return Importance.PLAIN if number < _PLAIN_CARDS else Importance.EXTRA
