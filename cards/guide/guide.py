"""A guide as values: sections, questions and the blocks of their answers.

The same blocks build the two sides of a card. Where a block came from never takes part in comparing
two of them, so an edit further up in a file changes no card.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, NewType, TypeAlias

if TYPE_CHECKING:
    from cards.program.snippet import Snippet

QuestionSlug = NewType("QuestionSlug", str)
"""A question's name within its guide: its words in lower case, joined by hyphens, without its number."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Where in a file something stands: 1-based, both ends included."""

    path: str
    first: int
    last: int

    def __str__(self) -> str:
        return f"{self.path}:{self.first}"


BLANK = "____"
"""Stands for a hidden piece of code; a name, so that what is left is still Python."""

NOWHERE = Span("", 0, 0)
"""The span of what did not come from a file."""


class Style(StrEnum):
    """How a run of text is set; one style a run, code before strong before emphasis."""

    PLAIN = "plain"
    CODE = "code"
    STRONG = "strong"
    EMPHASIS = "emphasis"
    GAP = "gap"
    """The place on a card's front where the answer is hidden; its text is what to show there."""


@dataclass(frozen=True, slots=True)
class Run:
    """Text of one style."""

    text: str
    style: Style = Style.PLAIN
    stressed: bool = field(default=False, compare=False)
    """Code that the author set bold too: the name to ask for. No side of a card shows it."""


Inline: TypeAlias = tuple[Run, ...]


def plain(inline: Inline) -> str:
    """Return the words alone, without styles."""
    return inline[0].text if len(inline) == 1 else "".join([run.text for run in inline])


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
class Exchange:
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
    """What no card can be made of (raw HTML, an image, a rule); kept so that it can be accounted for."""

    what: str
    span: Span = field(default=NOWHERE, compare=False)


Block: TypeAlias = Prose | Listing | Table | Code | Exchange | Subheading | Other
Face: TypeAlias = tuple[Block, ...]
"""One side of a card: only Prose, Listing, Table and Code occur on it."""


@dataclass(frozen=True, slots=True)
class Question:
    """What an interviewer asks, and the blocks that answer it."""

    slug: QuestionSlug
    title: str
    """The wording without number and marks."""
    wording: Inline
    """The same as it is set, names in `code` set as code."""
    section: str
    """The heading it stands under; empty for none."""
    blocks: tuple[Block, ...]
    snippets: tuple[Snippet, ...] = ()
    """Its Python blocks in order, hidden checks included; a shown one has the span of its Code block."""
    context: frozenset[int] = frozenset()
    """The places of blocks that make no cards of their own."""
    task: int | None = None
    """The place among its snippets of the reference answer that a learner is asked to write."""
    pin: str = ""
    """An identity the author fixed with `id=`; empty for none."""
    span: Span = field(default=NOWHERE, compare=False)
    """Heading to last line of the answer."""


@dataclass(frozen=True, slots=True)
class Guide:
    """A parsed guide."""

    slug: str
    """Its file's name without the ending."""
    title: str
    questions: tuple[Question, ...]
    fixtures: tuple[Snippet, ...] = ()
    """Named hidden blocks that any question may ask for."""
    asides: tuple[Block, ...] = ()
    """What stands outside every question: introductions."""
    span: Span = field(default=NOWHERE, compare=False)
