"""Cards about a whole question: its outline, or, where it has no other card, the question itself."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from cards.atomize.lists.list_kind import is_options_or_navigation
from cards.atomize.prose import question_answer_card
from cards.atomize.question_context import NoCard
from cards.card.kind import CardKind
from cards.guide.block import Code, Item, Listing, Prose
from cards.guide.element import PYTHON_LANGUAGES
from cards.guide.text import Style, StyledText, plain_text
from cards.language.natural_language import COLONS
from cards.language.word_count import count_words
from cards.program.snippet import SnippetRole
from cards.python.comments import code_comments
from cards.python.syntax import tree_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from cards.atomize.question_context import CardOrReason, QuestionContext
    from cards.atomize.sentence import Paragraph
    from cards.guide.guide import Question
    from cards.program.snippet import SnippetName
    from cards.span import Span

MAX_OUTLINE_POINTS = 5
MAX_OUTLINE_WORDS = 60
MAX_STEP_WORDS = 16
_MIN_POINTS = 2
_MIN_COMMENT_WORDS = 2


@dataclass(frozen=True, slots=True)
class WholeQuestion:
    """A question with its paragraphs, after the cards of its blocks were made."""

    question: Question
    paragraphs: tuple[Paragraph, ...]
    has_other_cards: bool


def outline_cards(whole: WholeQuestion, context: QuestionContext) -> Iterable[CardOrReason]:
    """Make the overview of a question: its steps, else its sentences, those with bold first."""
    steps = _ordered_steps(whole.question)
    points = _outline_points(steps or _sentence_points(whole.paragraphs))
    if len(points) < _MIN_POINTS:
        return [NoCard("the answer has no outline")]
    return [_overview_card(points, context, ordered=bool(steps))]


def fallback_cards(whole: WholeQuestion, context: QuestionContext) -> Iterable[CardOrReason]:
    """Make the card of a question that has no other: its paragraph, or what its code says or defines."""
    return [] if whole.has_other_cards else [_fallback_card(whole.question, context)]


def _outline_points(points: list[Item]) -> tuple[Item, ...]:
    """Return the points that fit on one card, in their order; bold points take precedence."""
    bold = [point for point in points if any(run.style is Style.STRONG for run in point.inline)]
    chosen: list[Item] = []
    for point in [*bold, *(point for point in points if point not in bold)][:MAX_OUTLINE_POINTS]:
        if sum(count_words(plain_text(item.inline)) for item in (*chosen, point)) <= MAX_OUTLINE_WORDS:
            chosen.append(point)
    return tuple(point for point in points if point in chosen)


def _sentence_points(paragraphs: tuple[Paragraph, ...]) -> list[Item]:
    """Return the sentences that can be read alone, without those of a paragraph that leads into a list."""
    return [
        Item(sentence)
        for paragraph in paragraphs
        if not plain_text(paragraph.prose.inline).endswith(COLONS)
        for sentence in paragraph.sentences
        if not isinstance(sentence, NoCard)
    ]


def _ordered_steps(question: Question) -> list[Item]:
    """Return the steps that answer the question, if they make an outline: few, short and all different."""
    for block in question.blocks:
        if isinstance(block, Listing) and block.ordered and _can_be_outline(block):
            words = {plain_text(item.inline).casefold() for item in block.items}
            if len(words) == len(block.items) and all(
                0 < count_words(each) <= MAX_STEP_WORDS for each in words
            ):
                return [Item(item.inline) for item in block.items]
    return []


def _can_be_outline(listing: Listing) -> bool:
    """Tell whether a list is short enough for an outline, and says something itself."""
    return 1 < len(listing.items) <= MAX_OUTLINE_POINTS and not is_options_or_navigation(listing)


def _overview_card(
    points: tuple[Item, ...], context: QuestionContext, *, ordered: bool = False, code: tuple[Code, ...] = ()
) -> CardOrReason:
    """Return the card question -> points; the code stands below, with the names of its snippets."""
    question = context.question
    names = _shown_names(question)
    return context.draft(
        CardKind.OVERVIEW,
        "overview",
        (Prose(question.wording),),
        (Listing(ordered=ordered, items=points),),
        span=question.span,
        context=code,
        snippets=tuple(names[block.span] for block in code),
    )


def _fallback_card(question: Question, context: QuestionContext) -> CardOrReason:
    blocks = [block for place, block in enumerate(question.blocks) if place not in question.context]
    prose = [block for block in blocks if isinstance(block, Prose)]
    if prose and len(prose) == len(blocks) and not plain_text(prose[0].inline).endswith(COLONS):
        return question_answer_card(question.wording, prose[0], CardKind.OVERVIEW, context)
    code = [block for block in blocks if isinstance(block, Code)]
    points = _first_points(code, _comment_points) or _first_points(code, _definition_points)
    if not points:
        return NoCard("the answer is code that says nothing of itself")
    used = [block for block, _ in points]
    names = _shown_names(question)
    python = tuple(block for block in code if block in used and block.span in names)
    return _overview_card(tuple(item for _, item in points), context, code=python)


def _shown_names(question: Question) -> dict[Span, SnippetName]:
    """Return the names of the snippets that the answer shows, by the position of their blocks."""
    return {snippet.span: snippet.name for snippet in question.snippets if snippet.role is SnippetRole.SHOWN}


def _first_points(code: list[Code], points_of: Callable[[Code], Iterator[Item]]) -> list[tuple[Code, Item]]:
    """Return the first points of the code, each with its block; none where they make no outline."""
    points: list[tuple[Code, Item]] = []
    words = 0
    for block, item in ((each, item) for each in code for item in points_of(each)):
        words += count_words(plain_text(item.inline))
        if len(points) < MAX_OUTLINE_POINTS and words <= MAX_OUTLINE_WORDS:
            points.append((block, item))
    return points if len(points) >= _MIN_POINTS else []


def _definition_points(block: Code) -> Iterator[Item]:
    """Yield the classes of Python code with their methods, and its functions."""
    tree = tree_of(block.source) if block.language in PYTHON_LANGUAGES else None
    for node in tree.body if tree else ():
        if isinstance(node, ast.FunctionDef):
            yield Item((StyledText(node.name, Style.CODE),))
        elif isinstance(node, ast.ClassDef):
            methods = [each.name for each in node.body if isinstance(each, ast.FunctionDef)]
            named = [run for name in methods for run in (StyledText(", "), StyledText(name, Style.CODE))][1:]
            yield Item((StyledText(node.name, Style.CODE), *([StyledText(": "), *named] if named else [])))


def _comment_points(block: Code) -> Iterator[Item]:
    """Yield the text of comments on lines of their own; comments on successive lines count as one."""
    lines = [(each.line, each.text) for each in code_comments(block.source) if not each.trailing]
    if block.language not in PYTHON_LANGUAGES:
        written = enumerate(block.source.split("\n"))
        lines = [
            (place, line.strip()[1:].strip()) for place, line in written if line.strip().startswith("# ")
        ]
    texts: list[str] = []
    for (before, _), (line, text) in pairwise([(-2, ""), *lines]):
        if line == before + 1:
            texts[-1] += f" {text}"
        else:
            texts.append(text)
    yield from (Item((StyledText(words),)) for words in texts if count_words(words) >= _MIN_COMMENT_WORDS)
