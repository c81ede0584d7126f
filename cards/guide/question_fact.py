"""What a guide says of a question, and no card needs: how hard it is, what it is about, who asks it."""

from __future__ import annotations

import re

from cards.guide.decoration import undecorated
from cards.regex import regex

_OF_PARAGRAPH = (
    r"difficulty(?: level)?|(?:experience |seniority |skill )?level|topics?|category|categories|tags?"
    r"|company|companies|(?:frequently )?asked (?:by|in|at)|frequency|priority|importance|estimated time"
    r"|schwierigkeit(?:sgrad)?|thema|niveau|dificultad|tema|nivel|difficulté|сложность|тема|уровень|分类|难度|主题"
)
_NAME_OF_COLUMN = regex(
    rf"(?:{_OF_PARAGRAPH}|subject|section|chapter|type|links?|source|status|done)\.?", re.IGNORECASE
)
_FACT = regex(rf"(?:{_OF_PARAGRAPH})\s*[:：]\s*\S.{{0,80}}", re.IGNORECASE)  # noqa: RUF001 - colons people type
_BETWEEN = regex(r"\s*[|·•\n]\s*")


def names_fact(column: str) -> bool:
    """Tell whether a table's column says something of its questions: `Difficulty`, `Topic`."""
    return bool(_NAME_OF_COLUMN.fullmatch(column))


def tells_of_question(words: str) -> bool:
    """Tell whether a paragraph below a question only says what the question is like.

    As in `Difficulty: Easy | Topic: Tensors`; the complexity of an algorithm is an answer.
    """
    parts = [undecorated(part) for part in _BETWEEN.split(words) if part.strip()]
    return bool(parts) and all(map(_FACT.fullmatch, parts))
