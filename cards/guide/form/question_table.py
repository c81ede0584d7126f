"""Tables whose rows are questions with their answers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cards.guide.element import Asked, Certainty
from cards.guide.label_word import ANSWER_WORD, ASIAN_ANSWER_WORD, ASIAN_QUESTION_WORD, QUESTION_WORD
from cards.guide.question_fact import names_fact
from cards.guide.text import plain_text
from cards.regex import regex

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cards.guide.block import Table
    from cards.guide.element import Element

_NUMBER = regex(r"(?:#|no\.?|nr\.?|number|q\.?\s*no\.?|s\.?\s*no\.?|id|№|)", re.IGNORECASE)
_QUESTION = regex(
    rf"(?:q|questions|fronts?|{QUESTION_WORD}|{ASIAN_QUESTION_WORD}|question and options?)\.?", re.IGNORECASE
)
_ANSWER = regex(rf"(?:a|answers|backs?|{ANSWER_WORD}|{ASIAN_ANSWER_WORD}|solution)\.?", re.IGNORECASE)


def question_rows(table: Table) -> Sequence[Element] | None:
    """A table with the columns Question and Answer, and perhaps a number or topic beside them"""
    header = [plain_text(cell).strip() for cell in table.header]
    asked = [place for place, words in enumerate(header) if _QUESTION.fullmatch(words)]
    answered = [place for place, words in enumerate(header) if _ANSWER.fullmatch(words)]
    others = [words for place, words in enumerate(header) if place not in {*asked, *answered}]
    if len(asked) != 1 or len(answered) != 1:
        return None
    if not all(_NUMBER.fullmatch(words) or names_fact(words) for words in others):
        return None
    (question,), (answer,) = asked, answered
    return [
        Asked(row.cells[question], row.span, Certainty.FOLLOW_UP, row.cells[answer])
        for row in table.rows
        if plain_text(row.cells[question]).strip()
    ] or None
