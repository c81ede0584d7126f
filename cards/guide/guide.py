"""A guide as values: its questions and the blocks that answer them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NewType

from cards.guide.block import Picture
from cards.guide.front.front_matter import NO_FRONT_MATTER, FrontMatter
from cards.language.natural_language import Language
from cards.span import NOWHERE, Span

if TYPE_CHECKING:
    from cards.errors import Problem
    from cards.guide.block import Block
    from cards.guide.importance import Importance
    from cards.guide.text import Inline
    from cards.program.snippet import Snippet

QuestionSlug = NewType("QuestionSlug", str)
"""A question's name within its guide: its words in lower case, joined by hyphens, without its number."""


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
    preamble: tuple[Snippet, ...] = ()
    """The guide's Python blocks before its first question."""
    language: Language = Language.ENGLISH
    """The language that it is asked and answered in."""
    tags: tuple[str, ...] = ()
    """The tags of the whole guide, which each of its cards has."""
    importance: Importance | None = None
    """How much it matters, as its author says of it or of its section; None for nothing said."""
    block_importance: tuple[tuple[int, Importance], ...] = ()
    """The places of blocks of which the author says how much they matter."""
    outline: int | None = None
    """The place of the list that its author calls the outline of the answer."""
    one_way: frozenset[int] = frozenset()
    """The places of tables and lists that are not asked from their values."""
    span: Span = field(default=NOWHERE, compare=False)
    """Heading to last line of the answer."""

    @property
    def has_pictures(self) -> bool:
        """Whether its answer holds pictures, whose files may change without its words."""
        return any(isinstance(block, Picture) for block in self.blocks)


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
    warnings: tuple[Problem, ...] = field(default=(), compare=False)
    """What its author should mend and reading could put right."""
    preamble: tuple[Snippet, ...] = ()
    """The Python blocks before the first question, which every question's program runs first."""
    unanswered: tuple[QuestionSlug, ...] = field(default=(), compare=False)
    """The questions below which no answer stands."""
    span: Span = field(default=NOWHERE, compare=False)
    front_matter: FrontMatter = NO_FRONT_MATTER
