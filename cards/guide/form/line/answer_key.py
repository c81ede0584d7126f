"""Answers that stand together behind all questions become questions over their answers, line for line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cards.guide.decoration import asks
from cards.guide.form.line.question_html import prose_lines, question_line
from cards.guide.label_word import ANSWER_WORD, ASIAN_ANSWER_WORD
from cards.regex import regex

if TYPE_CHECKING:
    from collections.abc import Sequence

_KEY = regex(
    r"^#{1,6}[ \t]+(?:[^\n]{1,60}[-\u2013\u2014:][ \t]+)?(?:(?:the|all|quiz|test|exam)[ \t]+)?"
    r"(?:answers|answer keys?|solutions|respuestas|réponses|ответы"
    rf"|{ANSWER_WORD}(?:en)?|{ASIAN_ANSWER_WORD})[ \t]*[:：]?[ \t]*$",  # noqa: RUF001 - colons people type
    re.IGNORECASE | re.MULTILINE,
)
_ENTRY = regex(r"(?:Q|A)?(?P<number>\d{1,3})[.):][ \t]+(?P<words>\S.*)")
_DECORATED = regex(
    r"(?:#{1,6}[ \t]+|(?=\*\*|__))(?:\*\*|__)?(?:(?:Q|A|question|exercise|problem|answer|solution)[ \t]*)?"
    r"(?P<number>\d{1,3})(?:[.):]|(?=[ \t]*(?:\*\*|__|\Z)))(?:\*\*|__)?:?[ \t]*"
    r"(?P<words>.*?)(?:\*\*|__)?[ \t]*",
    re.IGNORECASE,
)
"""An entry in bold or in a heading, whose words may stand below it."""
_IS_NO_ANSWER = regex(r"\s*\Z|#{1,6}\s|[-*_]{3,}\s*\Z")
_FEWEST = 2


def answers_of_key(text: str) -> str:
    """Return the text with each counted question in the place of its answer below `## Answers`.

    So it is where every answer there has a question of its number above, and these have none below them.
    A question without an answer there stays where it is.
    """
    if not _KEY.search(text):
        return text
    lines = text.split("\n")
    prose = list(prose_lines(lines))
    place = next((place for place, number in enumerate(prose) if _KEY.fullmatch(lines[number])), None)
    if place is None:
        return text
    asked, answered = _entries(lines, prose[:place]), _entries(lines, prose[place + 1 :])
    if (
        len(asked) < _FEWEST
        or len(answered) < _FEWEST
        or not answered.keys() <= asked.keys()
        or not _ask_in_a_row(lines, asked, prose[place])
        or any(asks(_words_of(lines[number])) for number in answered.values())
    ):
        return text
    lines[prose[place]] = ""
    for count, number in asked.items():
        words = _words_of(lines[number])
        lines[number] = "" if count in answered else question_line(words)
        if count in answered:
            lines[answered[count]] = question_line(words, _words_of(lines[answered[count]]))
    return "\n".join(lines)


def _entries(lines: Sequence[str], numbers: Sequence[int]) -> dict[str, int]:
    """Return the lines of counted entries by their numbers; none where a number stands twice."""
    found = [(match["number"], number) for number in numbers if (match := _entry_at(lines[number]))]
    return dict(found) if len(dict(found)) == len(found) else {}


def _ask_in_a_row(lines: Sequence[str], asked: dict[str, int], end: int) -> bool:
    """Tell whether entries ask, and nothing but headings and rules stands between them and the key."""
    between = (lines[number] for number in range(min(asked.values()), end) if number not in asked.values())
    return all(asks(_words_of(lines[number])) for number in asked.values()) and all(
        _IS_NO_ANSWER.match(line) for line in between
    )


def _words_of(line: str) -> str:
    match = _entry_at(line)
    return match["words"] if match else ""


def _entry_at(line: str) -> re.Match[str] | None:
    return _ENTRY.fullmatch(line) or _DECORATED.fullmatch(line)
