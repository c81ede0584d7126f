"""Cards made from what a snippet showed when it ran: gaps to fill, shapes and dtypes."""

from __future__ import annotations

import ast
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from cards.atomize.code import given_side
from cards.atomize.needed_statements import code_with_needs, runnable_code
from cards.atomize.question_context import NoCard
from cards.atomize.wording import prose_of
from cards.card.kind import CardKind
from cards.exercise.filling import fill_gap
from cards.exercise.gap import ASKED_TWICE, GapKind
from cards.exercise.measurement import Aspect
from cards.exercise.worked_out import must_be_worked_out
from cards.exercise.worth_asking import GapWords, gaps_to_look_for, name_of_gap, worth_asking
from cards.guide.block import Code, inlines_of
from cards.guide.element import OUTPUT_LANGUAGE
from cards.guide.text import BLANK, Style, StyledText
from cards.language.frame import Frame
from cards.program.displayed_code import DisplayedCode, Expectation
from cards.prove.output.compare import has_ellipsis
from cards.python.comments import code_comments, strip_comments
from cards.python.syntax import tree_of
from cards.regex import regex

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from cards.atomize.code import ShownSnippet
    from cards.atomize.question_context import CardOrReason, QuestionContext
    from cards.exercise.gap import Gap
    from cards.exercise.measurement import SnippetMeasurement, Trait
    from cards.guide.guide import Question
    from cards.program.snippet import Snippet, SnippetName

MAX_GAPS = 2
"""The most gaps of one question: more would ask for its code word by word."""

_QUESTION_STARTS = {
    GapKind.ARGUMENT: "Which argument",
    GapKind.DECORATOR: "Which decorator",
    GapKind.CALL: "Which call",
    GapKind.OPERATOR: "Which expression",
    GapKind.CONTEXT: "Which call",
}


_SPELLED_NAME = regex(r"[A-Za-z]\w*(?:\.\w+)+|[a-z]+_\w+|\w+(?==)")
"""A name in a comment that is no word: `drop_remainder`, `tf.io`, `axis=`."""
_NAME = regex(r"[A-Za-z_]\w*")
_RAW_DTYPES = ("void", "record")
"""NumPy's words for what a program laid out itself."""
_EXPECTED = {Aspect.SHAPE: Expectation.SHAPE, Aspect.DTYPE: Expectation.DTYPE}


class _Candidate(NamedTuple):
    """A gap that may be asked for; candidates sort best first."""

    rank: int
    """The rank among the gaps of its block."""
    is_unnamed: bool
    """The answer's prose does not name what it asks for."""
    kind_rank: int
    place: int
    """The position of its block within the question."""
    name: SnippetName
    gap: Gap


def choose_gaps(
    question: Question, measurements: Mapping[SnippetName, SnippetMeasurement]
) -> dict[SnippetName, tuple[Gap, ...]]:
    """Return the gaps that are asked for in a question: the best of each block, none of them twice."""
    kinds, words = list(GapKind), gap_words(question)
    candidates = [
        _Candidate(
            rank,
            name_of_gap(gap) not in words[snippet.name].named,
            kinds.index(gap.sort),
            place,
            snippet.name,
            gap,
        )
        for place, snippet in enumerate(question.snippets)
        if (found := measurements.get(snippet.name))
        for rank, gap in enumerate(
            _best_gaps(worth_asking(found.gaps, snippet.source, words[snippet.name], found.printed))
        )
    ]
    seen: Counter[str] = Counter()
    chosen: dict[SnippetName, tuple[Gap, ...]] = {}
    for *_, name, gap in sorted(candidates, key=lambda each: each[:4]):
        if not seen[gap.text] and seen.total() < MAX_GAPS:
            seen[gap.text] += 1
            chosen[name] = (*chosen.get(name, ()), gap)
    return chosen


def names_in_prose(question: Question) -> frozenset[str]:
    """Return the names that an answer's words set as code, and its comments write: of `tf.map`, each part."""
    inlines = inlines_of(question.blocks)
    in_code = [run.text for inline in inlines for run in inline if run.style is Style.CODE]
    comments = [each.text for snippet in question.snippets for each in code_comments(snippet.source)]
    dotted = [name for comment in comments for name in _SPELLED_NAME.findall(comment)]
    return frozenset(name for text in (*in_code, *dotted) for name in _NAME.findall(text))


def gap_words(question: Question) -> dict[SnippetName, GapWords]:
    """Return what a question's words say of the gaps of each of its blocks."""
    named, asked = names_in_prose(question), frozenset(_NAME.findall(question.title))
    return {
        snippet.name: GapWords.of(
            snippet.source, named, asked, is_predicted=CardKind.PREDICT.value not in snippet.without
        )
        for snippet in question.snippets
    }


def blocks_without_gap_cards(question: Question) -> frozenset[SnippetName]:
    """Return the blocks of which the guide says that no card asks for a gap, or none at all."""
    context = {question.blocks[place].span for place in question.context}
    return frozenset(
        each.name
        for each in question.snippets
        if CardKind.COMPLETE.value in each.without or each.span in context
    )


def possible_gaps(snippet: Snippet, words: GapWords) -> tuple[Gap, ...]:
    """Return the gaps that may be looked for in a block that prints, whatever it prints."""
    return gaps_to_look_for(snippet.source, words, "\n")


def gaps_nobody_needs(
    possible: Mapping[SnippetName, tuple[Gap, ...]], without: Collection[SnippetName]
) -> frozenset[SnippetName]:
    """Return those of the blocks `without` cards of gaps whose gaps decide nothing, given all of a question.

    They take the place of no other gap: no other block has any, or all that may be found have room.
    """
    texts = {gap.text for name in possible.keys() - without for gap in possible[name]}
    if texts and sum(map(_most_gaps, possible.values())) > MAX_GAPS:
        return frozenset()
    return frozenset(
        name
        for name in possible.keys() & without
        if possible[name] and texts.isdisjoint(gap.text for gap in possible[name])
    )


def _most_gaps(gaps: tuple[Gap, ...]) -> int:
    """Return how many gaps may be found in a block at most: a second is of some kinds, in another line."""
    lines = {gap.line for gap in gaps}
    has_second = len(lines) > 1 and any(gap.sort in ASKED_TWICE for gap in gaps)
    return 2 if has_second else min(len(gaps), 1)


def _best_gaps(gaps: tuple[Gap, ...]) -> Iterator[Gap]:
    """Yield a block's best gap, and one more on another line of a kind that may be asked twice."""
    if gaps:
        yield gaps[0]
        yield from [gap for gap in gaps[1:] if gap.sort in ASKED_TWICE and gap.line != gaps[0].line][:1]


def complete_cards(shown: ShownSnippet, context: QuestionContext) -> Iterable[CardOrReason]:
    """Make a card of each gap: the block with a piece hidden, and what it prints -> the piece."""
    return [_complete_card(shown, shown.printed or "", gap, context) for gap in shown.gaps]


def trait_cards(shown: ShownSnippet, context: QuestionContext) -> Iterable[CardOrReason]:
    """Make the card of a value: a statement and what it builds on -> the shape or dtype of what it binds.

    Of several the first that has to be worked out is asked for.
    """
    refused: list[CardOrReason] = []
    for trait in in_order_of_asking(shown.traits):
        result = _trait_card(shown, trait, context)
        if not isinstance(result, NoCard):
            return [result]
        refused.append(result)
    return refused[:1]


def in_order_of_asking(traits: tuple[Trait, ...]) -> list[Trait]:
    """Return the traits that may be asked for: unusual dtypes, then shapes, each the last first."""
    dtypes = [
        each for each in traits if each.aspect is Aspect.DTYPE and not each.text.startswith(_RAW_DTYPES)
    ]
    shapes = [each for each in traits if each.aspect is Aspect.SHAPE]
    return [*reversed(dtypes), *reversed(shapes)]


def _complete_card(shown: ShownSnippet, printed: str, gap: Gap, context: QuestionContext) -> CardOrReason:
    snippet = shown.snippet
    if has_ellipsis(printed):
        return NoCard("what it prints is stated only in part")
    code = runnable_code(snippet, context)
    if isinstance(code, NoCard):
        return code
    given = given_side(code, shown, context, must_tell=False)
    if isinstance(given, NoCard):
        return given
    with_gap = strip_comments(code.with_part(fill_gap(snippet.source, gap, BLANK)))
    if gap.text in with_gap or gap.text in printed:
        return NoCard(f"`{gap.text}` stands elsewhere on the card")
    line = strip_comments(snippet.source.split("\n")[gap.line - 1].strip())
    piece = prose_of((StyledText(gap.text, Style.CODE),))
    return context.draft(
        CardKind.COMPLETE,
        gap.text,
        (
            context.ask_or_repeat(Frame.FILLS_GAP, which=_QUESTION_STARTS[gap.sort]),
            *given,
            Code(with_gap, "python"),
            Code(printed, OUTPUT_LANGUAGE),
        ),
        (piece,) if line == gap.text else (piece, Code(line, "python")),
        context=(Code(snippet.source, "python"),),
        span=snippet.span,
        snippets=(snippet.name,),
        gap=gap,
        displayed=DisplayedCode(strip_comments(code.source), Expectation.PRINTS, printed, given=code.given),
    )


def _trait_card(shown: ShownSnippet, trait: Trait, context: QuestionContext) -> CardOrReason:
    snippet = shown.snippet
    statement = _statement_at_line(snippet.source, trait.line)
    if statement is None:
        return NoCard("its statement is no longer there")
    code = code_with_needs(snippet, statement, context)
    if isinstance(code, NoCard):
        return code
    given = given_side(code, shown, context)
    if isinstance(given, NoCard):
        return given
    source = strip_comments(code.source)
    if not must_be_worked_out(source, trait.name, trait.aspect, trait.text):
        return NoCard(f"the {trait.aspect} of `{trait.name}` follows by no rule: its code shows it")
    return context.draft(
        CardKind.TRAIT,
        f"{trait.aspect} of {trait.name}",
        (
            context.ask_or_repeat(
                Frame.TRAIT, aspect=trait.aspect, name=(StyledText(trait.name, Style.CODE),)
            ),
            *given,
            Code(source, "python"),
        ),
        (prose_of((StyledText(trait.text, Style.CODE),)),),
        context=(Code(snippet.source, "python"),),
        span=snippet.span,
        snippets=(snippet.name,),
        displayed=DisplayedCode(source, _EXPECTED[trait.aspect], trait.text, trait.name, code.given),
    )


def _statement_at_line(source: str, line: int) -> str | None:
    """Return the top-level statement that begins at the line, or None."""
    tree = tree_of(source)
    for node in tree.body if tree else ():
        if node.lineno == line:
            return ast.get_source_segment(source, node) or ""
    return None
