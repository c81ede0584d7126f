"""Lines that ask something and were not taken for a question, for their author to know."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cards.errors import Problem
from cards.guide.block import Listing, Prose, Subheading
from cards.guide.decoration import LONGEST_QUESTION, asks
from cards.guide.label_word import ASIAN_QUESTION_WORD, QUESTION_WORD
from cards.guide.text import plain_text
from cards.regex import regex

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cards.guide.block import Block
    from cards.guide.text import Inline
    from cards.span import Span

ASKS_WITHIN = "this line asks something as part of the answer above; make it a heading to ask it."
_ASKS_OUTSIDE = "this line asks something and is no question here; make it a heading to ask it."
_NUMBERED = regex(
    rf"\W{{0,3}}(?:Q|{QUESTION_WORD}|{ASIAN_QUESTION_WORD})\s*\.?\s*\d+\s*[.:)-]?\s*\S", re.IGNORECASE
)
_WHOLE_QUESTION = regex(
    r"\W{0,3}(?:(?:and|but|so|also|then)[, ]+)?"
    r"(?:what|why|how|when|where|which|who|explain|describe|was|warum|wie|welche|qué|cómo|por qué|cuál"
    r"|что|почему|как|чем|зачем|какой|какие)\b.*[?？]\W*\Z"  # noqa: RUF001
    r"|.*(?:什么|为什么|如何|怎么|何ですか|なぜ).*[?？]\W*\Z",  # noqa: RUF001
    re.IGNORECASE,
)
_ASKED_AND_ANSWERED = regex(
    r"\W{0,3}(?:what (?:is|are)|how (?:do|does|can)|why (?:is|are|do|does)|was ist|qué es|что такое) "
    r"[^.!?？]{3,80}[?？] [^?]+\Z",  # noqa: RUF001
    re.IGNORECASE,
)
"""A question with its answer behind it, in one line."""
_FEWEST_WORDS = 3


def lost_in_answer(prose: Prose) -> Iterator[Problem]:
    """Yield a warning for each line of an answer that looks like a question of its own.

    Such a line is a whole question that begins its paragraph, or the paragraph with its answer, or numbered.
    """
    lines = plain_text(prose.inline).split("\n")
    for number, line in enumerate(lines):
        is_own = (
            number == 0
            and _is_long_enough(line)
            and bool(
                _WHOLE_QUESTION.fullmatch(line.strip())
                or (len(lines) == 1 and _ASKED_AND_ANSWERED.fullmatch(line.strip()))
            )
        )
        if len(line) < LONGEST_QUESTION and (is_own or (_NUMBERED.match(line) and asks(line))):
            yield Problem(prose.span.path, prose.span.first + number, ASKS_WITHIN)


def lost_outside(path: str, asides: Sequence[Block]) -> Iterator[Problem]:
    """Yield a warning for each line outside every question that asks something."""
    for block in asides:
        for inline, span in _lines_of(block):
            words = plain_text(inline).strip()
            if asks(words) and "\n" not in words and len(words) < LONGEST_QUESTION:
                yield Problem(path, span.first, _ASKS_OUTSIDE)


def _lines_of(block: Block) -> Iterator[tuple[Inline, Span]]:
    """Yield the words that may ask something: a paragraph, or the answered entries of a list."""
    match block:
        case Prose() | Subheading():
            yield block.inline, block.span
        case Listing():
            yield from ((item.inline, item.span) for item in block.items if item.items or item.code)
        case _:
            pass


def _is_long_enough(line: str) -> bool:
    return len(line.split()) >= _FEWEST_WORDS or not line.isascii()
