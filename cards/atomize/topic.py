"""What every rule needs: the question it works on, and how a draft is made and refused."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from sys import intern
from typing import TYPE_CHECKING, ParamSpec, TypeAlias

from cards.card import sides
from cards.card.card import Draft
from cards.guide.block import Block, Code, Prose
from cards.guide.heading import slug_of
from cards.guide.inline import joined
from cards.guide.text import Inline, Run, Style, plain

if TYPE_CHECKING:
    from collections.abc import Callable

    from cards.card.kind import Kind
    from cards.card.sides import Side
    from cards.exercise.measured import Gap
    from cards.guide.guide import Question
    from cards.program.snippet import SnippetName
    from cards.span import Span

_NAMES = frozenset(
    {"Python", "Keras", "Google", "Linux", "Windows", "Docker"}
    | {"Adam", "Nesterov", "Glorot", "Gaussian", "Bayesian", "Jacobian", "Hessian"}
)
"""Names that are no abbreviation and keep their capital within a sentence."""

_WORD = re.compile(r"[^\W_]+(?:[._][^\W_]+)*|_+[^\W_]+")


Result: TypeAlias = Draft | str
"""A card, or the reason why there is none."""

_Arguments = ParamSpec("_Arguments")


class NoCard(Exception):  # noqa: N818 - not an error: a rule's way to say why it made nothing
    """A rule made no card; the text is the reason, a phrase."""


def tried(rule: Callable[_Arguments, Draft], *values: _Arguments.args, **named: _Arguments.kwargs) -> Result:
    """Return what the rule makes, or its reason for making nothing."""
    try:
        return rule(*values, **named)
    except NoCard as reason:
        return str(reason)


@dataclass(frozen=True, slots=True)
class Topic:
    """The question whose blocks are made into cards."""

    question: Question
    tags: tuple[str, ...]
    """What every card of the question is filed under."""

    @classmethod
    def of(cls, question: Question) -> Topic:
        """Return the topic of a question."""
        section = slug_of(question.section)
        return cls(question, (*([f"section::{section}"] if section else []), f"topic::{question.slug}"))

    def draft(
        self,
        kind: Kind,
        cue: str,
        front: Side,
        back: Side,
        *,
        span: Span,
        context: Side = (),
        snippets: tuple[SnippetName, ...] = (),
        gap: Gap | None = None,
    ) -> Draft:
        """Return the card; raise NoCard if a side is empty or the front gives its answer away."""
        asked, answer = prose_words(front), prose_words(back)
        if not (
            (asked.strip() or sides.words(front).strip()) and (answer.strip() or sides.words(back).strip())
        ):
            raise NoCard("it holds no words")
        if answer and contains(asked, answer):
            raise NoCard("the answer stands in the question")
        above = (self.question.section, self.question.title)
        shown = tuple(part for part in above if part and not (answer and tells(part, answer)))
        return Draft(
            kind=kind,
            slug=self.question.slug,
            cue=cue_of(cue),
            front=front,
            back=back,
            context=context,
            breadcrumb=shown,
            tags=(*self.tags, intern(f"kind::{kind}")),
            snippets=snippets,
            gap=gap,
            span=span,
        )


def marked_up(words: str) -> Inline:
    """Return plain words with what stands in backticks set as code."""
    pieces = re.split(r"`([^`]+)`", words)
    return tuple(
        Run(piece, Style.CODE if place % 2 else Style.PLAIN) for place, piece in enumerate(pieces) if piece
    )


def cue_of(words: str) -> str:
    """Return a cue: the words in lower case, hyphens between them."""
    return slug_of(words) or "-"


def prose_words(side: Side) -> str:
    """Return a side's words without its code blocks and its gaps' labels."""
    if len(side) == 1:
        return _block_words(side[0])
    return "\n".join([_block_words(block) for block in side if not isinstance(block, Code)])


@lru_cache(maxsize=1024)  # a title and a front are compared with many answers
def tokens(words: str) -> tuple[str, ...]:
    """Return the words that count when two texts are compared: lower case, without marks."""
    return tuple(_WORD.findall(words.casefold()))


def contains(text: str, answer: str) -> bool:
    """Tell whether the answer's words stand in the text, in their order and together."""
    wanted = _in_line(answer)
    return bool(wanted.strip()) and wanted in _in_line(text)


def tells(text: str, answer: str) -> bool:
    """Tell whether a text gives an answer away, be it in another form (`trace`, `tracing`)."""
    wanted = [_stem(word) for word in tokens(answer)]
    inside = [_stem(word) for word in tokens(text)]
    return bool(wanted) and any(
        inside[start : start + len(wanted)] == wanted for start in range(len(inside) - len(wanted) + 1)
    )


def _stem(word: str) -> str:
    for ending in ("ing", "ed", "es", "s", "e"):
        if word.endswith(ending) and len(word) - len(ending) > 3:
            return word[: -len(ending)]
    return word


@lru_cache(maxsize=1024)
def _in_line(words: str) -> str:
    """Return the words that count with a blank on either side of each."""
    return f" {' '.join(tokens(words))} "


def word_count(side: Side) -> int:
    """Return how many words a side's prose has."""
    return len(prose_words(side).split())


def sentence_case(inline: Inline) -> Inline:
    """Return the text with a capital first letter; code and names such as `gRPC` stay as they are."""
    if not inline or inline[0].style is Style.CODE:
        return inline
    first = inline[0]
    if any(letter.isupper() for letter in first.text.split(" ", 1)[0][1:]):
        return inline
    return (Run(first.text[:1].upper() + first.text[1:], first.style), *inline[1:])


def lower_start(inline: Inline) -> Inline:
    """Return the text as it stands within a sentence; names such as `TPU` and `GradientTape` stay."""
    if not inline or inline[0].style is Style.CODE:
        return inline
    first = inline[0]
    word = first.text.split(" ", 1)[0].rstrip(",.:;?!").removesuffix("’s").removesuffix("'s")  # noqa: RUF001
    if (
        word in _NAMES
        or any(not (character.islower() or character == "-") for character in word[1:])
        or (len(word) == 1 and word != "A")
    ):
        return inline
    return (Run(first.text[:1].lower() + first.text[1:], first.style), *inline[1:])


def without_stop(inline: Inline) -> Inline:
    """Return the text without its final full stop."""
    if inline and inline[-1].style is not Style.CODE and inline[-1].text.endswith("."):
        trimmed = Run(inline[-1].text[:-1], inline[-1].style)
        return (*inline[:-1], trimmed) if trimmed.text else inline[:-1]
    return inline


def said(*parts: str | Inline) -> Prose:
    """Return a paragraph of plain strings and styled text."""
    runs: list[Run] = []
    for piece in parts:
        runs += [Run(piece)] if isinstance(piece, str) else piece
    return Prose(joined(runs))


def strong(inline: Inline) -> Inline:
    """Return the text set strong, code left as code."""
    return tuple(run if run.style is Style.CODE else Run(run.text, Style.STRONG) for run in inline)


def unstressed(inline: Inline) -> Inline:
    """Return the text without bold, code left as code."""
    return tuple(Run(run.text) if run.style is Style.STRONG else Run(run.text, run.style) for run in inline)


def ask(inline: Inline) -> Inline:
    """Return the text ending in a question mark."""
    trimmed = without_stop(inline)
    words = plain(trimmed)
    return trimmed if words.endswith("?") else (*trimmed, Run("?"))


GAP = Run("…", Style.GAP)
"""A hidden answer."""


def _block_words(block: Block) -> str:
    if isinstance(block, Prose):
        return "".join([run.text for run in block.inline if run.style is not Style.GAP])
    return "" if isinstance(block, Code) else sides.words((block,))
