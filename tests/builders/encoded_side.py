"""The sides of cards as JSON values, made one by one: what the text of a side must say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cards.guide.block import Block, Code, Item, Listing, Picture, Prose, Table
from cards.guide.text import Style

if TYPE_CHECKING:
    from cards.card.sides import Side
    from cards.guide.text import Inline


def encode(side: Side) -> list[Any]:
    """Return the side as JSON values, without spans."""
    return [_encode_block(block) for block in side]


def _encode_block(block: Block) -> list[Any]:
    match block:
        case Prose():
            return ["prose", _encode_inline(block.inline)]
        case Code():
            return ["code", block.language, block.source]
        case Listing():
            return ["list", block.ordered, [_encode_item(item) for item in block.items]]
        case Table():
            rows = [[_encode_inline(cell) for cell in row.cells] for row in block.rows]
            return ["table", [_encode_inline(cell) for cell in block.header], rows]
        case Picture():
            return ["picture", block.name, block.alt, block.address]
        case _:
            raise TypeError(block)


def _encode_item(item: Item) -> list[Any]:
    return [_encode_inline(item.inline), [_encode_item(inner) for inner in item.items]]


def _encode_inline(inline: Inline) -> list[list[str]]:
    return [[run.text] if run.style is Style.PLAIN else [run.text, run.style.value] for run in inline]
