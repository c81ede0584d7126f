"""The blocks of an answer; the sides of cards consist of the same blocks.

Where a block came from never takes part in comparing two of them, so an edit further up in a file changes
no card.
"""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING, TypeAlias, assert_never

from cards.guide.text import plain_text
from cards.span import NOWHERE, Span
from cards.value import value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cards.guide.text import Inline


@value
class Prose:
    """A paragraph."""

    inline: Inline
    span: Span = field(default=NOWHERE, compare=False)


@value
class Item:
    """One entry of a list, with the list below it if there is one."""

    inline: Inline
    items: tuple[Item, ...] = ()
    span: Span = field(default=NOWHERE, compare=False)
    is_link: bool = field(default=False, compare=False)
    """Whether it leads elsewhere: it is links, or begins with one to a file beside the page."""
    code: tuple[Code, ...] = field(default=(), compare=False)
    """The code in the entry; it follows the list as blocks of its own, and no side of a card shows it."""


@value
class Listing:
    """A list; ordered ones are steps."""

    ordered: bool
    items: tuple[Item, ...]
    span: Span = field(default=NOWHERE, compare=False)


@value
class Row:
    """One row of a table; as many cells as its table has columns."""

    cells: tuple[Inline, ...]
    span: Span = field(default=NOWHERE, compare=False)


@value
class Table:
    """A table with a header."""

    header: tuple[Inline, ...]
    rows: tuple[Row, ...]
    span: Span = field(default=NOWHERE, compare=False)


@value
class Code:
    """Code, or text set like code; never ends in a newline."""

    source: str
    language: str = ""
    """The first word of the info string in lower case: python, bash, output, ...; empty for none."""
    span: Span = field(default=NOWHERE, compare=False)
    """The lines of the code itself, without its fences."""


@value
class FollowUp:
    """A follow-up question inside an answer, with its own short answer (`Q: ... A: ...`)."""

    asked: Inline
    answer: Inline
    span: Span = field(default=NOWHERE, compare=False)


@value
class Subheading:
    """A heading inside an answer; it asks nothing by itself."""

    inline: Inline
    span: Span = field(default=NOWHERE, compare=False)


@value
class Other:
    """A block that no card can be made of (raw HTML, an image, a rule), kept for the coverage report."""

    what: str
    span: Span = field(default=NOWHERE, compare=False)


@value
class Picture:
    """A picture; the words that stand for it are never asked."""

    address: str
    """As the author wrote it: a path from the guide's folder, or an address in the web."""
    alt: str = ""
    name: str = ""
    """Its file's name in decks, made of its content; empty where it cannot be shown."""
    span: Span = field(default=NOWHERE, compare=False)

    @property
    def is_remote(self) -> bool:
        """Whether it is in the web."""
        is_elsewhere = "://" in self.address and not self.address.lower().startswith("file:")
        return (is_elsewhere and not self.is_written_out) or self.address.startswith("//")

    @property
    def is_written_out(self) -> bool:
        """Whether its address is the picture itself: `data:image/png;base64,...`."""
        return self.address[:5].lower() == "data:"

    @property
    def words(self) -> str:
        """What stands for it where only words can."""
        return f"[{self.alt or self.address}]"


Block: TypeAlias = Prose | Listing | Table | Code | FollowUp | Subheading | Picture | Other


def words_of(block: Block) -> str:
    """Return all that a block says, without styles."""
    match block:
        case Prose() | Subheading():
            return plain_text(block.inline)
        case Listing():
            return "\n".join(map(_item_words, block.items))
        case Table():
            rows = (block.header, *(row.cells for row in block.rows))
            return "\n".join(" | ".join(map(plain_text, row)) for row in rows)
        case Code():
            return block.source
        case FollowUp():
            return f"{plain_text(block.asked)}\n{plain_text(block.answer)}"
        case Picture():
            return f"{block.alt}\n{block.address}"
        case Other():
            return block.what
        case _:
            assert_never(block)


def inlines_of(blocks: Iterable[Block]) -> Iterator[Inline]:
    """Yield every piece of text of an answer, without its code."""
    for block in blocks:
        match block:
            case Prose() | Subheading():
                yield block.inline
            case FollowUp():
                yield block.asked
                yield block.answer
            case Listing():
                yield from _item_inlines(block.items)
            case Table():
                yield from block.header
                yield from (cell for row in block.rows for cell in row.cells)
            case _:
                pass


def _item_inlines(items: Iterable[Item]) -> Iterator[Inline]:
    for item in items:
        yield item.inline
        yield from _item_inlines(item.items)


def _item_words(item: Item) -> str:
    return "\n".join((plain_text(item.inline), *map(_item_words, item.items)))
