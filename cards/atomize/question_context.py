"""The context that every card rule is given: the question, and helpers that make or refuse a draft."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from sys import intern
from typing import TYPE_CHECKING, TypeAlias

from cards.atomize.wording import contains_words, cue_of, fill_frame, gives_away, prose_words
from cards.card import sides
from cards.card.card import Draft
from cards.guide.block import Prose
from cards.guide.heading.slug import slug_of
from cards.language.frame import FRAMES
from cards.language.grammar import GRAMMARS
from cards.program.snippet import SnippetName

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from cards.atomize.whole.asked_whole import AskedWhole
    from cards.card.kind import CardKind
    from cards.card.sides import Side
    from cards.exercise.gap import Gap
    from cards.guide.guide import Question
    from cards.guide.text import Inline
    from cards.language.frame import Frame
    from cards.language.grammar import Grammar
    from cards.language.natural_language import Language
    from cards.program.displayed_code import DisplayedCode
    from cards.program.snippet import Snippet
    from cards.span import Span


def _is_offered(asked: str, answer: str) -> bool:
    """Tell whether a question offers its answer among others: `True or false? ...`, `TCP or UDP?`."""
    word = re.escape(answer.strip(" ."))
    beside = rf"(?<!\w){word}\s*(?:or\b|/)|(?:\bor\b|/)\s*(?:an? |the )?{word}(?!\w)"
    return re.search(beside, asked, re.IGNORECASE) is not None


@dataclass(frozen=True, slots=True)
class NoCard:
    """The reason why a rule that applies to a part made no card of it."""

    reason: str
    """A phrase for the author."""


CardOrReason: TypeAlias = Draft | NoCard
"""A draft that a card rule made, or the reason why it made none."""


@dataclass(frozen=True, slots=True)
class QuestionContext:
    """The question whose blocks are made into cards."""

    question: Question
    tags: tuple[str, ...]
    """The tags of every card of the question."""
    fixtures: Mapping[str, Snippet] = field(default_factory=dict)
    """The fixtures of the guide, by name."""

    @property
    def language(self) -> Language:
        """The language of the question."""
        return self.question.language

    @property
    def grammar(self) -> Grammar:
        """The patterns of its sentences."""
        return GRAMMARS[self.language]

    def ask(self, frame: Frame, **pieces: str | Inline) -> Prose | None:
        """Return a frame of the question's language with its pieces; None where the language has none."""
        words = FRAMES[self.language].get(frame)
        return Prose(fill_frame(words, pieces)) if words else None

    def ask_or_repeat(self, frame: Frame, **pieces: str | Inline) -> Prose:
        """Return a frame with its pieces; where the language has none, the question itself."""
        return self.ask(frame, **pieces) or Prose(self.question.wording)

    @classmethod
    def of(cls, question: Question, fixtures: Iterable[Snippet] = ()) -> QuestionContext:
        """Return the context of a question's rules: what each of its cards is filed under."""
        section = slug_of(question.section)
        tags = (*([f"section::{section}"] if section else []), f"topic::{question.slug}", *question.tags)
        return cls(question, tags, {each.name.removeprefix("fixture:"): each for each in fixtures})

    def fixtures_before(self, snippet: Snippet) -> list[Snippet]:
        """Return the fixtures that run before a snippet of the question."""
        names = [
            name
            for other in self.question.snippets
            if other.span.first <= snippet.span.first
            for name in other.directives.fixtures
        ]
        return [self.fixtures[name] for name in dict.fromkeys(names) if name in self.fixtures]

    def name_in_program(self, snippet: Snippet) -> SnippetName:
        """Return the name that a block of the question, or a fixture, has in the question's program."""
        return SnippetName(f"{self.question.slug}:{snippet.name}") if snippet.role.is_setup else snippet.name

    def draft(
        self,
        kind: CardKind,
        cue: str,
        front: Side,
        back: Side,
        *,
        span: Span,
        context: Side = (),
        snippets: tuple[SnippetName, ...] = (),
        gap: Gap | None = None,
        displayed: DisplayedCode | None = None,
    ) -> CardOrReason:
        """Return the card, or why there is none: a side is empty, or the front gives the answer away."""
        asked, answer = prose_words(front), prose_words(back)
        if not (
            (asked.strip() or sides.words(front).strip()) and (answer.strip() or sides.words(back).strip())
        ):
            return NoCard("it holds no words")
        if answer and contains_words(asked, answer) and not _is_offered(asked, answer):
            return NoCard("the answer stands in the question")
        above = (self.question.section, self.question.title)
        shown = tuple(part for part in above if part and not (answer and gives_away(part, answer)))
        return Draft(
            kind=kind,
            slug=self.question.slug,
            cue=cue_of(cue),
            front=front,
            back=back,
            context=context,
            breadcrumb=shown,
            tags=(*self.tags, intern(kind.tag)),
            snippets=snippets,
            gap=gap,
            displayed=displayed,
            span=span,
        )

    def draft_whole(self, asked: AskedWhole, displayed: DisplayedCode | None = None) -> CardOrReason:
        """Return the card of a question that is asked as it stands; a quiz shows the answer among others."""
        if not (sides.words(asked.front).strip() and sides.words(asked.back).strip()):
            return NoCard("it holds no words")
        above = (self.question.section, self.question.title)
        return Draft(
            kind=asked.kind,
            slug=self.question.slug,
            cue=asked.cue,
            front=asked.front,
            back=asked.back,
            context=asked.context,
            breadcrumb=tuple(part for part in above if part),
            tags=(*self.tags, intern(asked.kind.tag)),
            snippets=asked.snippets,
            displayed=displayed,
            span=asked.span,
        )
