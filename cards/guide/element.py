"""The elements of a guide as they are written, before each is known as question, answer or directive."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, StrEnum, auto
from typing import TYPE_CHECKING, TypeAlias

from cards.guide.block import Code, Listing, Other, Picture, Prose, Table

if TYPE_CHECKING:
    from cards.guide.block import Block
    from cards.guide.directive import BlockDirectives
    from cards.guide.text import Inline
    from cards.span import Span

PYTHON_LANGUAGES = frozenset({"python", "py", "python3"})
"""The languages whose blocks are run."""
SESSION_LANGUAGES = frozenset({"pycon", "pycon3", "python-console", "python-repl", "ipython", "doctest"})
"""The languages whose blocks are run where they begin with a prompt of the interpreter."""
OUTPUT_LANGUAGE = "output"
"""The language of a block that states what the one before it prints."""


class HeadingForm(StrEnum):
    """How a heading is written."""

    PLAIN = "plain"
    LISTED = "listed"
    """In the entry of a list: `1. ### What is ...?`"""
    SUMMARY = "summary"
    """The summary of a `<details>`, whose text answers it."""
    INNER = "inner"
    """Within the answer to one of these; it asks nothing by itself."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading before its role is known."""

    level: int
    inline: Inline
    span: Span
    form: HeadingForm = HeadingForm.PLAIN


class Certainty(Enum):
    """How certain it is that what asks is a question of its own, and no part of an answer."""

    ALWAYS = auto()
    """It has a question's number: `Q3.`"""
    UNLESS_HEADED = auto()
    """A part of the answer where a heading asks: `1.`"""
    FOLLOW_UP = auto()
    """A follow-up question where a heading asks."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that is no heading."""

    inline: Inline
    span: Span
    certainty: Certainty
    answer: Inline = ()
    """The answer, as far as it stands in the same paragraph, entry or row."""
    split: tuple[Inline, Inline] | None = None
    """Question and answer, should nothing below answer the whole."""
    otherwise: Block | None = None
    """The block that it is where the answer above goes on; a subheading if None."""


@dataclass(frozen=True, slots=True)
class QuestionList:
    """A list of questions none of which is answered: part of an open answer, else questions lost."""

    listing: Listing


@dataclass(frozen=True, slots=True)
class AnswerEnd:
    """The end of an answer whose end is marked."""

    span: Span


@dataclass(frozen=True, slots=True)
class Fence:
    """A fenced block before its question is known."""

    code: Code
    order: BlockDirectives


@dataclass(frozen=True, slots=True)
class DirectiveComment:
    """A proofdeck comment: directives, and code if it is a hidden block."""

    order: BlockDirectives
    source: str
    span: Span
    """Of the code, or of the whole comment where it holds none."""


Element: TypeAlias = (
    Heading
    | Asked
    | QuestionList
    | AnswerEnd
    | Prose
    | Listing
    | Table
    | Fence
    | DirectiveComment
    | Picture
    | Other
)
