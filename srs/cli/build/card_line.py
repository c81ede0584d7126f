"""Find the line of a guide at which the words of a card stand, where its editor is to open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cards.card import sides
from cards.card.filled_gap import FilledCode, answer_blocks
from cards.guide.block import Code
from cards.guide.text import REASON_MARK
from cards.regex import regex

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from srs.review.shown_card import ShownCard

_FENCE = regex(r"\s*(?:`{3,}|~{3,})")
_HEADING = regex(r"#{1,6}\s")
_WORD = regex(r"\w{2,}")


def card_line(lines: Sequence[str], card: ShownCard) -> int:
    """Return the number of the line, counted from 1, that says what a card asks.

    Of code that is the line with the gap, or the marked one; else the line that has most of the card's words.
    Nothing is looked for beyond the question.
    """
    own = list(_lines_of_question(lines, card.source_line))
    code = _line_of_code(card)
    for number, line in own if code else ():
        if line.strip().startswith(code):
            return number
    answer, asked = _words(sides.words(card.back)), _words(sides.words(card.front))
    best, found = 0, card.source_line
    for number, line in own:
        words = _words(line)
        # A line of the question's own words alone says nothing of the answer.
        score = 3 * len(words & answer) + len(words & asked) if words & answer else 0
        if score > best:
            best, found = score, number
    return found


def _lines_of_question(lines: Sequence[str], first: int) -> Iterator[tuple[int, str]]:
    """Yield the lines from one on to the next heading, each with its number."""
    is_code = False
    for number, line in enumerate(lines[first - 1 :], first):
        if _FENCE.match(line):
            is_code = not is_code
        elif not is_code and number > first and _HEADING.match(line):
            return
        yield number, line


def _line_of_code(card: ShownCard) -> str:
    """Return the line of code that is asked about; empty where no one line is."""
    for block in answer_blocks(card.front, card.back):
        if isinstance(block, FilledCode):
            return block.line.source.strip()
    lines = [line for block in card.front if isinstance(block, Code) for line in block.source.split("\n")]
    return next((line.removesuffix(REASON_MARK).strip() for line in lines if line.endswith(REASON_MARK)), "")


def _words(text: str) -> set[str]:
    return {word.casefold() for word in _WORD.findall(text)}
