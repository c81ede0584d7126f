"""The line that a card has a gap in, again with its answer in the gap."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from cards.guide.block import Code, Listing, Prose
from cards.guide.text import BLANK, Style, StyledText, plain_text
from cards.markup.formula_text import formula_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cards.card.sides import Side
    from cards.guide.block import Block
    from cards.guide.text import Inline


class FilledCode(NamedTuple):
    """A line of code with the piece that was asked for."""

    line: Code
    start: int
    end: int
    """The characters of the piece within the line."""


def answer_blocks(front: Side, back: Side) -> tuple[Block | FilledCode, ...]:
    """Return a back that says the line with the gap again, filled; the back itself where there is no gap."""
    first, rest = (back[0], back[1:]) if back else (None, ())
    if not isinstance(first, Prose):
        return back
    if (code := _code_line_with_gap(front)) is not None:
        return _filled_code(code, plain_text(first.inline), rest)
    for block in front:
        filled = None
        if isinstance(block, Prose):
            filled = _filled(block.inline, first.inline)
        elif isinstance(block, Listing):
            filled = _filled_entry(block, first.inline)
        if filled is not None:
            return (replace(first, inline=filled), *rest)
    return back


def _code_line_with_gap(front: Side) -> str | None:
    lines = (line for block in front if isinstance(block, Code) for line in block.source.split("\n"))
    return next((line.strip() for line in lines if BLANK in line), None)


def _filled_code(asked: str, piece: str, rest: Sequence[Block]) -> tuple[Block | FilledCode, ...]:
    """Return the line of code again: as the back has it, else as the front has it with the piece put in."""
    before, _, behind = asked.partition(BLANK)
    line = f"{before}{piece}{behind}"
    start = len(before)
    said = rest[0] if rest else None
    if isinstance(said, Code):
        place = said.source.find(piece, start if said.source.startswith(before) else 0)
        if place >= 0:
            return (FilledCode(said, place, place + len(piece)), *rest[1:])
    return (FilledCode(Code(line, "python"), start, start + len(piece)), *rest)


def _filled(asked: Inline, answer: Inline) -> Inline | None:
    """Return a line with the answer in its gap; None where it has no gap, or several."""
    if sum(run.style is Style.GAP for run in asked) != 1:
        return None
    words = "".join(formula_text(run.text) if run.style is Style.FORMULA else run.text for run in answer)
    return tuple(StyledText(words, Style.GAP) if run.style is Style.GAP else run for run in asked)


def _filled_entry(asked: Listing, answer: Inline) -> Inline | None:
    """Return the entry of a list that was left out, with its number where it has one."""
    for number, item in enumerate(asked.items, 1):
        filled = _filled(item.inline, answer)
        if filled is not None:
            return (StyledText(f"{number}. "), *filled) if asked.ordered else filled
    return None
