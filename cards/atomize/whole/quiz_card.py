"""The card of a quiz: question, code and options in front; the right ones and the reason behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cards.atomize.whole.asked_whole import AskedWhole, first_words, snippets_of
from cards.atomize.whole.option_order import (
    new_letters,
    relabelled_explanation,
    relabelled_option,
    shown_order,
)
from cards.card.kind import CardKind
from cards.guide.answer.option import LETTERS
from cards.guide.block import Code, Item, Listing, Prose
from cards.guide.inline import merge_adjacent
from cards.guide.text import StyledText

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cards.card.sides import Side
    from cards.guide.answer.option import Option
    from cards.guide.answer.quiz import Quiz
    from cards.guide.block import Block
    from cards.guide.guide import Question
    from cards.guide.text import Inline

MAX_EXPLANATION_WORDS = 90
"""Words of an explanation on the back; the rest is context."""
CUE = "quiz"


def quiz_card(question: Question, quiz: Quiz) -> AskedWhole | None:
    """Return the card of a quiz; None where no option is known to be right."""
    if not quiz.right:
        return None
    order = shown_order(quiz.options, f"{question.slug}/{CardKind.QUIZ}/{CUE}")
    letters = new_letters(quiz.options, order)
    explanation = tuple(_relabelled(block, letters) for block in quiz.explanation)
    told, rest = first_words(explanation, MAX_EXPLANATION_WORDS)
    right = [place for place in order if place in quiz.right]
    return AskedWhole(
        CardKind.QUIZ,
        CUE,
        (Prose(question.wording), *quiz.above, *_options(quiz.options, order, order, letters)),
        (*_options(quiz.options, right, order, letters), *told),
        rest,
        snippets_of(question, quiz.above),
        question.blocks[quiz.place].span,
    )


def _options(
    options: Sequence[Option], chosen: Sequence[int], order: Sequence[int], letters: Mapping[str, str]
) -> Side:
    """Return some of the options with their letters: as a list, or one by one where they hold code."""
    named = [
        (_with_letter(LETTERS[order.index(place)], relabelled_option(options[place].words, letters)), place)
        for place in chosen
    ]
    if any(option.code for option in options):
        side: list[Block] = []
        for inline, place in named:
            side += [Prose(inline), *(Code(each.source, each.language) for each in options[place].code)]
        return tuple(side)
    if len(named) == 1:
        return (Prose(named[0][0]),)
    return (Listing(ordered=False, items=tuple(Item(inline) for inline, _ in named)),)


def _with_letter(letter: str, words: Inline) -> Inline:
    return merge_adjacent((StyledText(f"{letter})"), *([StyledText(" "), *words] if words else [])))


def _relabelled(block: Block, letters: Mapping[str, str]) -> Block:
    match block:
        case Prose():
            return Prose(relabelled_explanation(block.inline, letters), block.span)
        case Listing():
            items = tuple(
                Item(relabelled_explanation(item.inline, letters), item.items, item.span)
                for item in block.items
            )
            return Listing(block.ordered, items, block.span)
        case _:
            return block
