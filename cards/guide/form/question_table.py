"""Tables whose rows are questions with their answers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cards.guide.element import Asked, Certainty
from cards.guide.text import plain_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cards.guide.block import Table
    from cards.guide.element import Element

_NUMBER = re.compile(r"(?:#|no\.?|nr\.?|number|q\.?\s*no\.?|s\.?\s*no\.?|id|№|)", re.IGNORECASE)
_QUESTION = re.compile(
    r"(?:q|questions?|frage|pregunta|вопрос|问题|問題|質問|question and options?)\.?", re.IGNORECASE
)
_ANSWER = re.compile(
    r"(?:a|ans|answers?|antwort|respuesta|réponse|ответ|答案|回答|solution)\.?", re.IGNORECASE
)


def question_rows(table: Table) -> Sequence[Element] | None:
    """A table with the columns Question and Answer, and perhaps a number before them"""
    header = [plain_text(cell).strip() for cell in table.header]
    if len(header) == 3 and _NUMBER.fullmatch(header[0]):
        first = 1
    elif len(header) == 2:
        first = 0
    else:
        return None
    if not (_QUESTION.fullmatch(header[first]) and _ANSWER.fullmatch(header[first + 1])):
        return None
    return [
        Asked(row.cells[first], row.span, Certainty.FOLLOW_UP, row.cells[first + 1])
        for row in table.rows
        if plain_text(row.cells[first]).strip()
    ] or None
