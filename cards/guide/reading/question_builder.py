"""Builds a question while its answer is read."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from cards.guide.answer.option_code import without_runs_of_options
from cards.guide.answer.output_label import is_output_label
from cards.guide.answer.told_output import told_output
from cards.guide.block import Code, Picture, Prose, Subheading, Table, inlines_of, words_of
from cards.guide.guide import Question, QuestionSlug
from cards.guide.heading.slug import slug_of
from cards.guide.reading.segment import digest_of
from cards.guide.text import Inline, plain_text
from cards.program.snippet import Snippet, SnippetName, SnippetRole
from cards.span import Span
from cards.stale.said_gone import leads_old_code_in

if TYPE_CHECKING:
    from cards.guide.block import Block
    from cards.guide.importance import Importance
    from cards.program.snippet import RunDirectives


@dataclass(slots=True)
class QuestionBuilder:
    """A question whose answer is still being read."""

    wording: Inline
    section: str
    line: int
    blocks: list[Block] = field(default_factory=list)
    snippets: list[Snippet] = field(default_factory=list)
    context: set[int] = field(default_factory=set)
    task: int | None = None
    outline: int | None = None
    pin: str = ""
    importance: Importance | None = None
    block_importance: dict[int, Importance] = field(default_factory=dict)
    one_way: set[int] = field(default_factory=set)
    tail: str = ""
    """What its slug ends in, to be told apart from a question of the same words."""
    last: int = 0
    paired: bool = False
    """It came from a `Q:` line, so that the next `Q:` line is its neighbour and not its follow-up."""
    has_label: bool = False
    """It was written as `Q: ...`, so that `A:` before its answer is a label too."""
    headed: bool = False
    """It came from a heading, so that a bold line with a number is a step of its answer."""
    split: tuple[Inline, Inline] | None = None
    """Its question and answer, should nothing below answer it."""
    awaits_words: bool = False
    """Its heading only counts it, and what it asks is the paragraph below."""
    is_summary: bool = False
    """It came from the summary of a `<details>`, and its answer ends with that."""

    def add(
        self,
        block: Block,
        *,
        silent: bool = False,
        importance: Importance | None = None,
        one_way: bool = False,
    ) -> None:
        """Add a block to the answer; a silent one makes no cards."""
        if one_way:
            self.one_way.add(len(self.blocks))
        if silent:
            self.context.add(len(self.blocks))
        if importance is not None:
            self.block_importance[len(self.blocks)] = importance
        self.blocks.append(block)
        self.last = max(self.last, block.span.last)

    def only_asks(self) -> bool:
        """Tell whether no answer began yet: code and pictures above it belong to what is asked."""
        return all(isinstance(block, Code | Picture) for block in self.blocks)

    def is_awaiting_words(self) -> bool:
        """Tell whether the paragraph that comes next says what is asked."""
        is_at_start = all(isinstance(block, Table | Picture) for block in self.blocks)
        return self.awaits_words and is_at_start and not self.snippets

    def add_snippet(
        self,
        role: SnippetRole,
        source: str,
        directives: RunDirectives,
        span: Span,
        without: tuple[str, ...] = (),
        stated: str | None = None,
    ) -> None:
        """Add code that is to be run; it gets its name when the question is closed."""
        self.snippets.append(Snippet(SnippetName(""), source, role, directives, stated, span, without))
        self.last = max(self.last, span.last)

    def last_shown_place(self, below: int = 0) -> int | None:
        """Return the position of the snippet that the answer's last block shows; None for another block.

        Or of the last snippet, with so many blocks `below` it.
        """
        places = [n for n, snippet in enumerate(self.snippets) if snippet.role is SnippetRole.SHOWN]
        blocks = self.blocks[: len(self.blocks) - below]
        return places[-1] if places and blocks and blocks[-1].span == self.snippets[places[-1]].span else None

    def drop_output_label(self) -> bool:
        """Leave out a last block `Output:` below code that states no output yet; tell whether it was."""
        place = self.last_shown_place(below=1)
        label = self.blocks[-1] if place is not None else None
        if place is None or not isinstance(label, Prose | Subheading) or not is_output_label(label.inline):
            return False
        snippet, directives = self.snippets[place], self.snippets[place].directives
        is_compared = directives.is_meant_to_hold and not directives.no_output and place != self.task
        if snippet.stated is not None or not is_compared:
            return False
        del self.blocks[-1]
        self.context.discard(len(self.blocks))
        return True

    def prose(self) -> str:
        """Return the words of the question and its answer, without code."""
        return "\n".join(_without_code(inline) for inline in (self.wording, *inlines_of(self.blocks)))

    def slug(self) -> str:
        """Return the slug of the question's words or of its `id`; empty without letters and digits."""
        slug = slug_of(self.pin or plain_text(self.wording))
        return f"{slug}-{self.tail}" if self.tail else slug

    def closed(self, path: str) -> Question:
        """Return the question with its whole answer."""
        slug = self.slug()
        question = Question(
            QuestionSlug(slug),
            plain_text(self.wording),
            self.wording,
            self.section,
            tuple(self.blocks),
            tuple(
                replace(
                    snippet,
                    name=SnippetName(f"{slug}#{number}"),
                    is_old=self._is_old(snippet),
                    told=self._told(snippet),
                )
                for number, snippet in enumerate(self.snippets, start=1)
            ),
            frozenset(self.context),
            self.task,
            self.pin,
            outline=self.outline,
            importance=self.importance,
            block_importance=tuple(self.block_importance.items()),
            one_way=frozenset(self.one_way),
            span=Span(path, self.line, self.last),
        )
        return without_runs_of_options(question)

    def _is_old(self, snippet: Snippet) -> bool:
        """Tell whether the words directly above a block say that it is the old way."""
        place = next((n for n, block in enumerate(self.blocks) if block.span == snippet.span), 0)
        above = self.blocks[place - 1] if place and snippet.role is SnippetRole.SHOWN else None
        return isinstance(above, Prose | Subheading) and leads_old_code_in(plain_text(above.inline))

    def _told(self, snippet: Snippet) -> str:
        """Return what the words directly below a block say that it prints; empty where they do not."""
        if snippet.role is not SnippetRole.SHOWN:
            return ""
        place = next((n for n, block in enumerate(self.blocks, start=1) if block.span == snippet.span), 0)
        below = self.blocks[place] if 0 < place < len(self.blocks) else None
        return told_output(below.inline) if isinstance(below, Prose) else ""

    def tails(self) -> tuple[str, str]:
        """Return what may tell it from a question of the same words: its code, or how its answer begins.

        The second says all of its answer.
        """
        code = [snippet.source for snippet in self.snippets if snippet.role is SnippetRole.SHOWN]
        code = code or [block.source for block in self.blocks if isinstance(block, Code)]
        first = code[0] if code else "".join(map(words_of, self.blocks[:1]))
        return digest_of(first)[:4], self.answer_digest()

    def answer_digest(self) -> str:
        """Return a digest of all that the answer says."""
        return digest_of(tuple(map(words_of, self.blocks)))[:8]


def _without_code(inline: Inline) -> str:
    return "".join(" " if run.style.is_verbatim else run.text for run in inline)
