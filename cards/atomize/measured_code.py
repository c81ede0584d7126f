"""Code answers as they ran: which piece is missing, which shape comes out."""

from __future__ import annotations

import ast
from collections import Counter
from typing import TYPE_CHECKING

from cards.atomize.needed_statements import needed_statements
from cards.atomize.question_context import NoCard, prose_of
from cards.card.kind import CardKind
from cards.exercise.filling import fill_gap
from cards.exercise.gap import GapKind
from cards.exercise.measurement import Aspect
from cards.guide.block import Code
from cards.guide.text import BLANK, Style, StyledText
from cards.python.comments import strip_comments
from cards.python.syntax import tree_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cards.atomize.question_context import QuestionContext
    from cards.card.card import Draft
    from cards.exercise.gap import Gap
    from cards.exercise.measurement import SnippetMeasurement, Trait
    from cards.guide.guide import Question
    from cards.program.snippet import Snippet, SnippetName

MAX_GAPS = 4
"""Of a question: more would ask for its code word by word."""

_TWO_PER_BLOCK = frozenset({GapKind.ARGUMENT, GapKind.DECORATOR, GapKind.OPERATOR})
"""Of these a block may have two gaps; a second call or context asks for little more."""

_QUESTION_STARTS = {
    GapKind.ARGUMENT: "Which argument",
    GapKind.DECORATOR: "Which decorator",
    GapKind.CALL: "Which call",
    GapKind.OPERATOR: "Which expression",
    GapKind.CONTEXT: "Which call",
}


def choose_gaps(
    question: Question, measured: Mapping[SnippetName, SnippetMeasurement]
) -> dict[SnippetName, tuple[Gap, ...]]:
    """Return the gaps that are asked for in a question: the best of each block, none of them twice."""
    waiting: list[tuple[int, int, SnippetName, Gap]] = []
    for place, snippet in enumerate(question.snippets):
        found = measured.get(snippet.name)
        for rank, gap in enumerate(_best_gaps(found.gaps) if found else ()):
            waiting.append((rank, place, snippet.name, gap))
    seen: Counter[str] = Counter()
    chosen: dict[SnippetName, tuple[Gap, ...]] = {}
    order = list(GapKind)
    for _, _, name, gap in sorted(waiting, key=lambda each: (each[0], order.index(each[3].sort), each[1])):
        if not seen[gap.text] and seen.total() < MAX_GAPS:
            seen[gap.text] += 1
            chosen[name] = (*chosen.get(name, ()), gap)
    return chosen


def _best_gaps(gaps: tuple[Gap, ...]) -> Iterator[Gap]:
    """Yield the first gap, and one more that tells as much and stands on another line."""
    if gaps:
        yield gaps[0]
        yield from [gap for gap in gaps[1:] if gap.sort in _TWO_PER_BLOCK and gap.line != gaps[0].line][:1]


def complete_card(topic: QuestionContext, snippet: Snippet, printed: str, gap: Gap) -> Draft:
    """A block with a piece hidden, and what it prints -> the piece."""
    if "..." in printed:
        raise NoCard("what it prints is stated only in part")
    before = needed_statements(topic, snippet, snippet.source)
    code = strip_comments("\n".join([*before, fill_gap(snippet.source, gap, BLANK)]))
    if gap.text in code or gap.text in printed:
        raise NoCard(f"`{gap.text}` stands elsewhere on the card")
    line = strip_comments(snippet.source.split("\n")[gap.line - 1].strip())
    piece = prose_of((StyledText(gap.text, Style.CODE),))
    return topic.draft(
        CardKind.COMPLETE,
        gap.text,
        (
            prose_of(f"{_QUESTION_STARTS[gap.sort]} fills the gap, so that it prints what stands below?"),
            Code(code, "python"),
            Code(printed, "output"),
        ),
        (piece,) if line == gap.text else (piece, Code(line, "python")),
        context=(Code(snippet.source, "python"),),
        span=snippet.span,
        snippets=(snippet.name,),
        gap=gap,
    )


def trait_card(topic: QuestionContext, snippet: Snippet, found: Trait) -> Draft:
    """A statement and what it builds on -> the shape or dtype of the name it binds."""
    source = _statement_at_line(snippet.source, found.line)
    code = strip_comments("\n".join([*needed_statements(topic, snippet, source), source]))
    return topic.draft(
        CardKind.TRAIT,
        f"{found.aspect} of {found.name}",
        (
            prose_of(f"Which {found.aspect} does ", (StyledText(found.name, Style.CODE),), " have?"),
            Code(code, "python"),
        ),
        (prose_of((StyledText(found.text, Style.CODE),)),),
        context=(Code(snippet.source, "python"),),
        span=snippet.span,
        snippets=(snippet.name,),
    )


def best_trait(traits: tuple[Trait, ...]) -> Trait | None:
    """Return the trait that is asked for: a dtype nobody expects, else the last shape that was worked out."""
    dtypes = [each for each in traits if each.aspect is Aspect.DTYPE]
    shapes = [each for each in traits if each.aspect is Aspect.SHAPE]
    return dtypes[-1] if dtypes else shapes[-1] if shapes else None


def _statement_at_line(source: str, line: int) -> str:
    """Return the top-level statement that begins at the line."""
    tree = tree_of(source)
    for node in tree.body if tree else ():
        if node.lineno == line:
            return ast.get_source_segment(source, node) or ""
    raise NoCard("its statement is no longer there")
