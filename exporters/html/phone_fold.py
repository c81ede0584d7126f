"""How much code is folded so that the gap, or the line that is asked about, is in sight on a phone."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, assert_never

from cards.guide.block import Code, FollowUp, Listing, Other, Picture, Prose, Subheading, Table, words_of
from cards.guide.text import BLANK
from exporters.html.code_html import OUTPUT
from exporters.html.line_html import marked_line

if TYPE_CHECKING:
    from cards.card.sides import Side
    from cards.guide.block import Block

# Of a phone 360 pixels wide with the style sheet's letters. Heights are in rows of code.
_CODE_COLUMNS, _PROSE_COLUMNS = 36, 29
_PROSE_ROW = 1.45
_BLOCK_EDGES = 1.5
_ROOM = 20.0
"""For the question down to the line that is asked about, of 640 pixels less the bars of the app."""
_FEWEST_SHOWN, _FEWEST_FOLDED = 3, 2


def folded_lines(front: Side) -> tuple[int, ...]:
    """Return for each block of a front how many of its first lines are folded away on a phone."""
    folds: list[int] = []
    height = 0.0
    for block in front:
        folds.append(_folded(block, _ROOM - height) if isinstance(block, Code) else 0)
        height += _height(block)
    return tuple(folds)


def _asked_line(block: Code) -> int | None:
    if block.language == OUTPUT:
        return None
    lines = block.source.split("\n")
    gap = next((number for number, line in enumerate(lines) if BLANK in line), None)
    return marked_line(block) if gap is None else gap


def _folded(block: Code, room: float) -> int:
    """Return how many lines go so that the asked one ends within the room; the lines next to it stay."""
    asked = _asked_line(block)
    if asked is None:
        return 0
    rows = [_rows(line, _CODE_COLUMNS) for line in block.source.split("\n")[: asked + 1]]
    if sum(rows) + _BLOCK_EDGES <= room:
        return 0
    folded = 0
    while asked - folded > _FEWEST_SHOWN and sum(rows[folded:]) + 1 + _BLOCK_EDGES > room:
        folded += 1
    return folded if folded >= _FEWEST_FOLDED else 0


def _height(block: Block) -> float:
    match block:
        case Code():
            lines = block.source.split("\n")
            return sum(_rows(line, _CODE_COLUMNS) for line in lines) + _BLOCK_EDGES
        case Prose() | Listing() | Table() | Picture() | FollowUp() | Subheading() | Other():
            lines = words_of(block).split("\n")
            return _PROSE_ROW * sum(_rows(line, _PROSE_COLUMNS) for line in lines) + 0.5
        case _:
            assert_never(block)


def _rows(line: str, columns: int) -> int:
    return max(1, ceil(len(line) / columns))
