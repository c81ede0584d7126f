"""The blocks of an answer; the sides of cards consist of the same blocks.

Where a block came from never takes part in comparing two of them, so an edit further up in a file changes
no card.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from cards.span import NOWHERE, Span

if TYPE_CHECKING:
    from cards.guide.text import Inline


@dataclass(frozen=True, slots=True)
class Prose:
    """A paragraph."""

    inline: Inline
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a list, with the list below it if there is one."""

    inline: Inline
    items: tuple[Item, ...] = ()
    span: Span = field(default=NOWHERE, compare=False)
    is_link: bool = field(default=False, compare=False)
    """Whether it is nothing but links."""


@dataclass(frozen=True, slots=True)
class Listing:
    """A list; ordered ones are steps."""

    ordered: bool
    items: tuple[Item, ...]
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table; as many cells as its table has columns."""

    cells: tuple[Inline, ...]
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a header."""

    header: tuple[Inline, ...]
    rows: tuple[Row, ...]
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Code:
    """Code, or text set like code; never ends in a newline."""

    source: str
    language: str = ""
    """The first word of the info string in lower case: python, bash, output, ...; empty for none."""
    span: Span = field(default=NOWHERE, compare=False)
    """The lines of the code itself, without its fences."""


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A follow-up question inside an answer, with its own short answer (`Q: ... A: ...`)."""

    asked: Inline
    answer: Inline
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Subheading:
    """A heading inside an answer; it asks nothing by itself."""

    inline: Inline
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Other:
    """A block that no card can be made of (raw HTML, an image, a rule), kept for the coverage report."""

    what: str
    span: Span = field(default=NOWHERE, compare=False)


Block: TypeAlias = Prose | Listing | Table | Code | FollowUp | Subheading | Other
