"""The card of a command that a sentence leads into: `To see the version, type:` -> the command."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cards.atomize.sentence import split_sentences
from cards.atomize.whole.asked_whole import NOT_RUN
from cards.atomize.whole.code_card import MAX_ANSWER_LINES
from cards.card.kind import CardKind
from cards.guide.answer.code_answer import TEXT_LANGUAGES, code_answer_of
from cards.guide.block import Code, Prose
from cards.guide.decoration import asks
from cards.guide.text import plain_text
from cards.language.grammar import GRAMMARS
from cards.language.natural_language import COLONS
from cards.language.word_count import count_words

if TYPE_CHECKING:
    from cards.atomize.question_context import CardOrReason, QuestionContext
    from cards.atomize.sentence import Paragraph

_MIN_LEAD_WORDS = 4


def command_card(block: Code, lead_in: Paragraph | None, context: QuestionContext) -> CardOrReason | None:
    """Return the card of a short command below a sentence that ends in a colon; None elsewhere.

    A question that asks, or wants code itself, is asked whole.
    """
    question = context.question
    if lead_in is None or asks(question.title) or code_answer_of(question) is not None:
        return None
    if block.language in {"", *TEXT_LANGUAGES} or block.source.count("\n") >= MAX_ANSWER_LINES:
        return None
    *_, lead = split_sentences(lead_in.prose.inline, context.language)
    words, grammar = plain_text(lead), GRAMMARS[context.language]
    stands_alone = not (grammar.pronoun.match(words) or grammar.leaning.match(words))
    if not (words.endswith(COLONS) and stands_alone) or count_words(words) < _MIN_LEAD_WORDS:
        return None
    back = (Code(block.source, block.language), NOT_RUN)
    return context.draft(CardKind.COMMAND, words, (Prose(lead),), back, span=block.span)
