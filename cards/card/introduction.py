"""The order in which new cards are introduced: what matters first, breadth before depth.

Every question's core comes before anyone's details. Within one importance one card of each question is
taken in turn, in the guide's order, so that what stands earlier, and is built on, comes earlier too.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from cards.card.kind import CardKind
from cards.guide.importance import Importance
from cards.regex import regex

if TYPE_CHECKING:
    from collections.abc import Container, Mapping, Sequence

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
    term: str = ""
    """The words that it defines; empty for a card that defines none."""


class Introduction(NamedTuple):
    """The place of a card in the order, from 0, and its importance."""

    place: int
    importance: Importance


_STAGES = (
    frozenset({CardKind.OVERVIEW, CardKind.QUIZ, CardKind.OUTPUT, CardKind.CODE, CardKind.COMMAND}),
    frozenset({CardKind.FACT, CardKind.TERM, CardKind.CONTRAST, CardKind.STEP}),
    frozenset({CardKind.FAQ}),
    frozenset({CardKind.WHY, CardKind.PREDICT, CardKind.SPOT, CardKind.COMPLETE, CardKind.LINE}),
    frozenset({CardKind.CELL, CardKind.ITEM}),
    frozenset({CardKind.TRAIT, CardKind.REVERSE, CardKind.NAME}),
)
"""The kinds by when they come in their question: what it asks, what it rests on, what is asked next, how it
looks in code, details, and what is asked backwards."""
_NEVER_CORE = _STAGES[-1]
_STAGE_OF = {kind: number for number, kinds in enumerate(_STAGES) for kind in kinds}


_LONGEST_TERM_WORDS = 5
"""Longer terms are sentences, which no other question repeats."""
_WORD = regex(r"\w+")


def introductions(cards: Sequence[IntroducedCard]) -> tuple[Introduction, ...]:
    """Return the place and the importance of each card, in the order of the cards given: the guide's.

    A core card that defines a term comes before the first other question that asks with it.
    """
    users = _first_users(cards)
    rounds = _rounds(cards, users.keys())
    importances = [_importance(card, rounds[place]) for place, card in enumerate(cards)]

    def key(place: int) -> tuple[int, int, int, int, int]:
        importance, user = importances[place], users.get(place)
        if user is not None and importance is Importance.CORE and (0, user) < (rounds[place], place):
            return (-importance, 0, user, 0, place)
        return (-importance, rounds[place], place, 1, place)

    order = sorted(range(len(cards)), key=key)
    places = {place: number for number, place in enumerate(order)}
    return tuple(Introduction(places[place], importances[place]) for place in range(len(cards)))


def _first_users(cards: Sequence[IntroducedCard]) -> dict[int, int]:
    """Return for each card whose term other questions ask with where the first of these begins.

    A question asks with a term if its slug, the words of its title, holds the term's words in a row.
    """
    by_term: defaultdict[str, list[int]] = defaultdict(list)
    for place, card in enumerate(cards):
        if term := "-".join(_WORD.findall(card.term.casefold())):
            by_term[term].append(place)
    begins: dict[str, int] = {}
    users: dict[int, int] = {}
    for place, card in enumerate(cards):
        if by_term and begins.setdefault(card.question, place) == place:
            for definition in (found for term in _terms_in(card.question) for found in by_term.get(term, ())):
                if cards[definition].question != card.question:
                    users.setdefault(definition, place)
    return users


def _terms_in(question: str) -> set[str]:
    """Return every row of words of a question's slug that may be a term."""
    words = question.split("-")
    return {
        "-".join(words[start : start + length])
        for start in range(len(words))
        for length in range(1, _LONGEST_TERM_WORDS + 1)
    }


def _rounds(cards: Sequence[IntroducedCard], leant_on: Container[int]) -> list[int]:
    """Return for each card how many of its question come before it."""
    by_question: defaultdict[str, list[int]] = defaultdict(list)
    for place, card in enumerate(cards):
        by_question[card.question].append(place)
    rounds = [0] * len(cards)
    for places in by_question.values():
        keys = {place: _stage_key(cards[place], place, is_leant_on=place in leant_on) for place in places}
        for number, place in enumerate(_kinds_in_turn(keys)):
            rounds[place] = number
    return rounds


def _stage_key(card: IntroducedCard, place: int, *, is_leant_on: bool) -> tuple[int, int, int]:
    # The interview question itself goes before what its author says is core.
    usual = Importance.CORE if card.kind.is_optional else Importance.PLAIN
    said = -(usual if card.said is None else card.said)
    return (said, 0 if is_leant_on else _STAGE_OF[card.kind], place)


def _kinds_in_turn(keys: Mapping[int, tuple[int, int, int]]) -> list[int]:
    """Return the cards of one question with the cards of each stage in turn, the first stage first.

    So its third card is no third definition while there is code to read.
    """
    stages: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
    for place in sorted(keys, key=lambda place: keys[place]):
        stages[keys[place][:2]].append(place)
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
