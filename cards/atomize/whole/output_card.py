"""The card of a question about code: the code in front, what it prints and why behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cards.atomize.whole.asked_whole import NOT_RUN, AskedWhole, first_words, is_output, shown_snippet
from cards.atomize.whole.stated_result import stated_result
from cards.card.kind import CardKind
from cards.guide.answer.code_answer import TEXT_LANGUAGES
from cards.guide.answer.output_label import is_output_label
from cards.guide.block import Code, Prose
from cards.guide.element import OUTPUT_LANGUAGE, PYTHON_LANGUAGES
from cards.regex import regex

if TYPE_CHECKING:
    from cards.card.card import Draft
    from cards.card.sides import Side
    from cards.guide.answer.code_answer import CodeQuestion
    from cards.guide.block import Block
    from cards.guide.guide import Question

MAX_EXPLANATION_WORDS = 90
MAX_FRONT_LINES = 30
"""Lines of code that a front may have."""
MAX_PRINTED_LINES = 12
"""Lines of output that a back may have."""
CUE = "output"
_PRINT = regex(r"\bprint\b|[\s();]|#.*")


def output_card(question: Question, asked: CodeQuestion, predicted: Draft | None) -> AskedWhole | None:
    """Return the card question with its code -> its answer; None where nothing answers it.

    `predicted` is the card that asks what the code prints, where running it has shown that: its output is
    the answer then, whatever else the guide says.
    """
    code = asked.code
    asked_code = (code, *asked.beside)
    snippet = shown_snippet(question, code)
    if code.language in PYTHON_LANGUAGES and (snippet is None or not snippet.directives.is_meant_to_hold):
        return None
    if sum(each.source.count("\n") for each in asked_code) >= MAX_FRONT_LINES and predicted is None:
        return None
    repeats = repeats_of(asked)
    answer = [
        block
        for block in asked.answer
        if not (block in repeats or (predicted and (is_output(block) or _says_output(block, predicted))))
    ]
    told, rest = first_words(
        (_as_output(block, place) for place, block in enumerate(answer)), MAX_EXPLANATION_WORDS
    )
    printed: Side = predicted.back if predicted else ()
    if result := None if predicted else stated_result(question, answer):
        told, rest = (result,), (*told, *rest)
    if not (printed or told):
        return None
    marks: Side = () if snippet else (NOT_RUN,)
    shown: Side = (
        predicted.front[1:] if predicted else tuple(Code(each.source, each.language) for each in asked_code)
    )
    # The code that the card displays is the first: it is run as it stands there.
    of_predicted = predicted.snippets if predicted else ()
    names = dict.fromkeys((*of_predicted, *((snippet.name,) if snippet else ())))
    return AskedWhole(
        CardKind.OUTPUT,
        CUE,
        (Prose(question.wording), *asked.above, *shown),
        (*printed, *told, *marks),
        rest,
        tuple(names),
        code.span,
    )


def _says_output(block: Block, predicted: Draft) -> bool:
    """Tell whether a block says what was seen when the code ran, or only leads into it: `Output:`."""
    if isinstance(block, Prose):
        return is_output_label(block.inline)
    printed = [each.source.split() for each in predicted.back if isinstance(each, Code)]
    return isinstance(block, Code) and block.source.split() in printed


def repeats_of(asked: CodeQuestion) -> tuple[Code, ...]:
    """Return the blocks of an answer that are the question's code again, printing what it computes."""
    bare = _PRINT.sub("", asked.code.source)
    return tuple(
        block
        for block in asked.answer
        if isinstance(block, Code)
        and block.language in PYTHON_LANGUAGES
        and _PRINT.sub("", block.source) == bare
    )


def _as_output(block: Block, place: int) -> Block:
    """Return a block right below the code that has no language, or none that is run, as output."""
    is_plain = isinstance(block, Code) and block.language in {"", *TEXT_LANGUAGES}
    return (
        Code(block.source, OUTPUT_LANGUAGE) if is_plain and isinstance(block, Code) and place == 0 else block
    )
