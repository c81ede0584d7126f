"""The card of a command that a sentence leads into: `To see the version, type:` -> the command."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cards.atomize.whole.asked_whole import NOT_RUN, AskedWhole
from cards.atomize.whole.code_card import MAX_ANSWER_LINES
from cards.card.kind import CardKind
from cards.guide.answer.code_answer import TEXT_LANGUAGES, code_answer_of
from cards.guide.block import Code, Prose
from cards.guide.decoration import asks
from cards.guide.heading.slug import slug_of
from cards.guide.text import plain_text
from cards.language.grammar import GRAMMARS
from cards.language.natural_language import COLONS
from cards.language.word_count import count_words

if TYPE_CHECKING:
    from cards.guide.guide import Question
    from cards.guide.text import Inline

_MIN_LEAD_WORDS = 4


def command_card(question: Question, lead: Inline, block: Code) -> AskedWhole | None:
    """Return the card of a short command below a sentence that ends in a colon; None elsewhere.

    A question that asks, or wants code itself, is asked whole.
    """
    if asks(question.title) or code_answer_of(question) is not None:
        return None
    if block.language in {"", *TEXT_LANGUAGES} or block.source.count("\n") >= MAX_ANSWER_LINES:
        return None
    words, grammar = plain_text(lead), GRAMMARS[question.language]
    stands_alone = not (grammar.pronoun.match(words) or grammar.leaning.match(words))
    if not (words.endswith(COLONS) and stands_alone) or count_words(words) < _MIN_LEAD_WORDS:
        return None
    back = (Code(block.source, block.language), NOT_RUN)
    return AskedWhole(CardKind.COMMAND, slug_of(words) or "-", (Prose(lead),), back, (), (), block.span)
