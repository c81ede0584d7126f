"""The elements of a guide as they are written, before each is known as question, answer or directive."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from cards.guide.block import Code, Listing, Other, Picture, Prose, Table

if TYPE_CHECKING:
    from cards.guide.directive import BlockDirectives
    from cards.guide.text import Inline
    from cards.span import Span

PYTHON_LANGUAGES = frozenset({"python", "py", "python3"})
"""The languages whose blocks are run."""
SESSION_LANGUAGES = frozenset({"pycon", "pycon3", "python-console", "python-repl", "ipython", "doctest"})
"""The languages whose blocks are run where they begin with a prompt of the interpreter."""
OUTPUT_LANGUAGE = "output"
"""The language of a block that states what the one before it prints."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading before its role is known."""

    level: int
    inline: Inline
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


Element: TypeAlias = Heading | Prose | Listing | Table | Fence | DirectiveComment | Picture | Other
