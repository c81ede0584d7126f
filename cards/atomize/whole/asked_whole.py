"""A card that asks a question of the guide as it stands, and what such cards share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cards.guide.block import Code, Listing, Prose, Table, words_of
from cards.guide.element import OUTPUT_LANGUAGE
from cards.guide.text import Style, StyledText, plain_text
from cards.language.natural_language import COLONS
from cards.program.snippet import SnippetRole

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cards.card.kind import CardKind
    from cards.card.sides import Side
    from cards.guide.block import Block
    from cards.guide.guide import Question
    from cards.program.snippet import Snippet, SnippetName
    from cards.span import Span

NOT_RUN = Prose((StyledText("not run", Style.EMPHASIS),))
"""Stands below code that no proof is of."""


@dataclass(frozen=True, slots=True)
class AskedWhole:
    """The card of a whole question before it is a draft."""

    kind: CardKind
    cue: str
    front: Side
    back: Side
    context: Side
    snippets: tuple[SnippetName, ...]
    span: Span


def shown_snippet(question: Question, block: Block) -> Snippet | None:
    """Return the snippet that a block shows; None for any other block."""
    if not isinstance(block, Code):
        return None
    shown = (each for each in question.snippets if each.role is SnippetRole.SHOWN)
    return next((each for each in shown if each.span == block.span), None)


def snippets_of(question: Question, blocks: Iterable[Block]) -> tuple[SnippetName, ...]:
    """Return the names of the snippets that the blocks show, but of code that the guide says not to run."""
    found = (shown_snippet(question, block) for block in blocks)
    return tuple(
        snippet.name for snippet in found if snippet is not None and not snippet.directives.is_excused
    )


def shown_code(question: Question, code: Iterable[Code]) -> Side:
    """Return code for a side, with a quiet mark below what is not run."""
    side: list[Block] = []
    for block in code:
        mark = () if snippets_of(question, (block,)) else (NOT_RUN,)
        side += [Code(block.source, block.language), *mark]
    return tuple(side)


def first_words(blocks: Iterable[Block], most: int) -> tuple[Side, Side]:
    """Return the first blocks that have no more words than that together, one at least, and the rest.

    Words that lead into what is left out are left out too.
    """
    shown: list[Block] = []
    rest: list[Block] = []
    words = 0
    for block in blocks:
        if not isinstance(block, Prose | Listing | Table | Code):
            continue
        words += len(words_of(block).split())
        (rest if rest or (shown and words > most) else shown).append(block)
    while rest and len(shown) > 1 and _leads_on(shown[-1]):
        rest.insert(0, shown.pop())
    return tuple(shown), tuple(rest)


def _leads_on(block: Block) -> bool:
    """Tell whether words lead into what stands below them: `You could see this as:`."""
    return isinstance(block, Prose) and plain_text(block.inline).endswith(COLONS)


def is_output(block: Block) -> bool:
    """Tell whether a block states what code prints."""
    return isinstance(block, Code) and block.language == OUTPUT_LANGUAGE
