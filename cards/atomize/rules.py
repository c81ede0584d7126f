"""All card rules, in the order in which they are tried.

A rule takes a part of an answer (a sentence, a table's row, a block of code ...) and the context of its
question. It yields a card for each fact that it can ask there, or `NoCard` with the reason why it does not;
it yields nothing where it does not apply.

To add one: write the function in the module of its family, name it in a tuple below, and add cases to
tests/cards/atomize/*.md. A rule that makes a new kind of card adds a row to `CardKind`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from cards.atomize.code import ShownSnippet, line_cards, predict_cards, spot_cards, why_cards
from cards.atomize.code_slice import slice_cards
from cards.atomize.listing import ListEntry, item_cards, step_cards
from cards.atomize.measured_code import complete_cards, trait_cards
from cards.atomize.prose import (
    bold_cards,
    cause_cards,
    code_name_cards,
    definition_cards,
    equation_cards,
    follow_up_cards,
    number_cards,
    plain_claim_cards,
)
from cards.atomize.question_context import CardOrReason, NoCard, QuestionContext
from cards.atomize.table import TableRow, cell_cards, contrast_cards, reverse_cards
from cards.atomize.term import TermEntry, name_cards, term_cards
from cards.atomize.whole_question import WholeQuestion, fallback_cards, outline_cards

if TYPE_CHECKING:
    from cards.atomize.sentence import Sentence
    from cards.guide.block import FollowUp

Part = TypeVar("Part")
CardRule: TypeAlias = Callable[[Part, QuestionContext], Iterable[CardOrReason]]

SENTENCE_RULES: tuple[CardRule[Sentence], ...] = (
    definition_cards,
    cause_cards,
    equation_cards,
    bold_cards,
    number_cards,
    code_name_cards,
    plain_claim_cards,
)
"""For a sentence; the first that makes a card wins."""

TERM_RULES: tuple[CardRule[TermEntry], ...] = (term_cards, name_cards)
"""For an entry `term: text` of a list."""

LIST_RULES: tuple[CardRule[ListEntry], ...] = (step_cards, item_cards)
"""For an entry of another list."""

TABLE_RULES: tuple[CardRule[TableRow], ...] = (contrast_cards, cell_cards, reverse_cards)
"""For a row of a table."""

FOLLOW_UP_RULES: tuple[CardRule[FollowUp], ...] = (follow_up_cards,)
"""For a follow-up question."""

CODE_RULES: tuple[CardRule[ShownSnippet], ...] = (
    predict_cards,
    slice_cards,
    why_cards,
    line_cards,
    complete_cards,
    trait_cards,
)
"""For a block of Python that runs to its end."""

FAILING_CODE_RULES: tuple[CardRule[ShownSnippet], ...] = (spot_cards,)
"""For a block of Python that is meant to raise an exception."""

QUESTION_RULES: tuple[CardRule[WholeQuestion], ...] = (outline_cards, fallback_cards)
"""For a question as a whole, after its blocks; the first that makes a card wins."""


def apply_rules(
    rules: tuple[CardRule[Part], ...], part: Part, context: QuestionContext
) -> list[CardOrReason]:
    """Return the cards that all rules make of a part, and the reasons for none, in the rules' order."""
    return [result for rule in rules for result in rule(part, context)]


def first_card(
    rules: tuple[CardRule[Part], ...], part: Part, context: QuestionContext
) -> CardOrReason | None:
    """Return the first card that a rule makes of a part, else the last reason, else None."""
    last_reason = None
    for rule in rules:
        for result in rule(part, context):
            if not isinstance(result, NoCard):
                return result
            last_reason = result
    return last_reason
