"""Judge the letters that a learner chooses among the options of a quiz, by the card alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cards.card import sides
from cards.card.kind import CardKind
from cards.guide.block import Listing, Prose
from cards.regex import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cards.card.sides import Side
    from srs.review.shown_card import ShownCard
    from srs.review.typed_answer import AnswerJudgement

_OPTION = regex(r"(?P<letter>[a-j])\)(?=\s|\Z)")
_BETWEEN = regex(r"[\s,;.&/()+]+|\band\b")


def offered_letters(card: ShownCard) -> tuple[str, ...]:
    """Return the letters of the options that a card offers; none for any card but a quiz."""
    return tuple(_letters_on(card.front)) if card.kind is CardKind.QUIZ else ()


def right_letters(card: ShownCard) -> frozenset[str]:
    """Return the letters of the right options of a quiz."""
    offered = offered_letters(card)
    return frozenset(letter for letter in _letters_on(card.back) if letter in offered)


def judge_letters(card: ShownCard, typed: str) -> AnswerJudgement:
    """Return whether typed letters name just the right options: `b`, `a c`, `AC`."""
    # Loaded with the first answer, not with the first question.
    from cards.answer.correctness import Correctness
    from srs.review.typed_answer import AnswerJudgement

    offered, right = offered_letters(card), right_letters(card)
    letters = _BETWEEN.sub("", typed.casefold())
    if not letters or any(letter not in offered for letter in letters):
        sentence = f"Type letters from {offered[0]} to {offered[-1]}."
        return AnswerJudgement(Correctness.SYNTAX, sentence)
    chosen = frozenset(letters)
    if chosen == right:
        return AnswerJudgement(Correctness.RIGHT, "That is right.")
    if len(right) > 1 and chosen < right:
        return AnswerJudgement(Correctness.WRONG, "Right as far as it goes, but more are right.")
    if len(right) > 1 and chosen & right:
        return AnswerJudgement(Correctness.WRONG, "Not all of these are right.")
    return AnswerJudgement(Correctness.WRONG, "That is not right.")


def _letters_on(side: Side) -> Iterator[str]:
    """Yield the letters that options on a side begin with, in their order."""
    for block in side:
        for line in sides.words((block,)).split("\n") if isinstance(block, Prose | Listing) else ():
            if match := _OPTION.match(line):
                yield match["letter"]
