"""The sides of cards as JSON values and as plain words."""

from __future__ import annotations

import json
from functools import lru_cache
from json.encoder import encode_basestring
from typing import TYPE_CHECKING, Any, TypeAlias

from cards.guide.block import (
    Block,
    Code,
    FollowUp,
    Item,
    Listing,
    Other,
    Picture,
    Prose,
    Row,
    Subheading,
    Table,
)
from cards.guide.text import Inline, Style, StyledText, plain_text

if TYPE_CHECKING:
    from collections.abc import Iterable

Side: TypeAlias = tuple[Block, ...]
"""One side of a card: only Prose, Listing, Table, Code and Picture occur on it."""


def side_text(side: Side) -> str:
    """Return the side as short JSON, without spans; `decode` gives an equal side back.

    A block that cards share is written once.
    """
    return _array([_shared_block_text(_Shared(block)) for block in side])


def texts_text(texts: Iterable[str]) -> str:
    """Return texts as one short JSON array."""
    return _array(map(encode_basestring, texts))


def json_text(value: object) -> str:
    """Return a JSON value as short text, letters beyond ASCII as they are."""
    return _SHORT_JSON.encode(value)


_SHORT_JSON = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":"))


class _Shared:
    """A block that is looked up as this one object: comparing what it says would cost as much as encoding."""

    __slots__ = ("block",)

    def __init__(self, block: Block) -> None:
        self.block = block

    def __hash__(self) -> int:
        return id(self.block)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Shared) and other.block is self.block


@lru_cache(maxsize=128)  # the cards of a question share its paragraphs and tables as their context
def _shared_block_text(shared: _Shared) -> str:
    return _block_text(shared.block)


def decode(value: list[Any]) -> Side:
    """Return the side whose JSON the value is; raises ValueError or TypeError for JSON of another shape."""
    return tuple(_decode_block(entry) for entry in value)


def words(side: Side) -> str:
    """Return all words of a side in reading order, blocks on lines of their own, without any marks."""
    return "\n".join(_block_words(block) for block in side)


def breadcrumb_above(breadcrumb: tuple[str, ...], front: Side) -> tuple[str, ...]:
    """Return the breadcrumb above a front, without the question where the front begins with it."""
    is_asked = bool(breadcrumb and front) and _asked(words(front[:1])) == _asked(breadcrumb[-1])
    return breadcrumb[:-1] if is_asked else breadcrumb


def _asked(words_of_question: str) -> str:
    """Return a question's words as they are compared: without case, space and the mark at their end."""
    return " ".join(words_of_question.split()).casefold().rstrip("?.: ")


def _array(texts: Iterable[str]) -> str:
    """Return an array of what is JSON already."""
    return f"[{','.join(texts)}]"


def _inline_text(inline: Inline) -> str:
    return _array(
        [
            f"[{encode_basestring(run.text)}]"
            if run.style is Style.PLAIN
            else f'[{encode_basestring(run.text)},"{run.style.value}"]'
            for run in inline
        ]
    )


def _decode_inline(value: list[list[str]]) -> Inline:
    return tuple(StyledText(_text(text), Style(style[0]) if style else Style.PLAIN) for text, *style in value)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"not a text: {value!r}")
    return value


def _item_text(item: Item) -> str:
    return f"[{_inline_text(item.inline)},{_array(map(_item_text, item.items))}]"


def _decode_item(value: list[Any]) -> Item:
    return Item(_decode_inline(value[0]), tuple(_decode_item(inner) for inner in value[1]))


def _block_text(block: Any) -> str:  # noqa: ANN401 - a face holds five kinds of block; others are a bug
    match block:
        case Prose():
            return f'["prose",{_inline_text(block.inline)}]'
        case Code():
            return texts_text(("code", block.language, block.source))
        case Listing():
            ordered = "true" if block.ordered else "false"
            return f'["list",{ordered},{_array(map(_item_text, block.items))}]'
        case Table():
            rows = _array([_array(map(_inline_text, row.cells)) for row in block.rows])
            return f'["table",{_array(map(_inline_text, block.header))},{rows}]'
        case Picture():
            return texts_text(("picture", block.name, block.alt, block.address))
        case _:
            raise TypeError(f"{type(block).__name__} cannot stand on a card")


def _decode_block(value: list[Any]) -> Prose | Code | Listing | Table | Picture:
    match value:
        case ["prose", inline]:
            return Prose(_decode_inline(inline))
        case ["code", language, source]:
            return Code(_text(source), _text(language))
        case ["list", bool(ordered), items]:
            return Listing(ordered, tuple(_decode_item(item) for item in items))
        case ["table", header, rows]:
            return Table(
                tuple(_decode_inline(cell) for cell in header),
                tuple(Row(tuple(_decode_inline(cell) for cell in row)) for row in rows),
            )
        case ["picture", name, alt, address]:
            return Picture(_text(address), _text(alt), _text(name))
        case _:
            raise ValueError(f"not a block of a card: {value!r}")


def _item_words(item: Item) -> str:
    return "\n".join([plain_text(item.inline), *(_item_words(inner) for inner in item.items)])


def _block_words(block: Any) -> str:  # noqa: ANN401 - any block has words
    match block:
        case Prose() | Subheading():
            return plain_text(block.inline)
        case Code():
            return block.source
        case Listing():
            return "\n".join(_item_words(item) for item in block.items)
        case Table():
            lines = [block.header, *(row.cells for row in block.rows)]
            return "\n".join(" | ".join(plain_text(cell) for cell in line) for line in lines)
        case FollowUp():
            return f"{plain_text(block.asked)}\n{plain_text(block.answer)}"
        case Picture():
            return block.words
        case Other():
            return ""
        case _:
            raise TypeError(f"{type(block).__name__} is not a block")
