"""Cards about a whole question: its outline, or, where it has no other card, the question itself."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from cards.atomize.lists.list_kind import is_options_or_navigation
from cards.atomize.prose import question_answer_card
from cards.atomize.question_context import NoCard
from cards.atomize.sentence import points_elsewhere, split_sentences
from cards.atomize.whole.asked_whole import shown_snippet
from cards.card.kind import CardKind
from cards.card.picture import shown_pictures
from cards.guide.block import Code, Item, Listing, Picture, Prose, Subheading, words_of
from cards.guide.element import PYTHON_LANGUAGES
from cards.guide.text import Inline, Style, StyledText, plain_text
from cards.language.natural_language import COLONS, QUESTION_MARKS
from cards.language.word_count import count_words, has_unspaced
from cards.program.snippet import SnippetRole
from cards.python.comments import code_comments
from cards.python.syntax import tree_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from cards.atomize.question_context import CardOrReason, QuestionContext
    from cards.atomize.sentence import Paragraph
    from cards.card.sides import Side
    from cards.guide.block import Block
    from cards.guide.guide import Question
    from cards.language.natural_language import Language
    from cards.program.snippet import SnippetName
    from cards.span import Span

MAX_OUTLINE_POINTS = 5
MAX_OUTLINE_WORDS = 60
MAX_STEP_WORDS = 16
MAX_SHORT_ANSWER_WORDS = 40
"""Words of an answer with a list that is asked whole, where nothing else is."""
_MIN_POINTS = 2
_MIN_COMMENT_WORDS = 2
_CREDIT = re.compile(
    r"(?:(?:original |main )?authors?|written by|by|credits?(?: to| goes to)?|thanks to|source"
    r"|from|see|copyright|©|\(c\)"
    r"|licen[cs]ed?|maintainers?|contributed by|contributors?|created by|e-?mail|date|version"
    r"|todo|file(?:name)?)"
    r"\s*[:=@]|(?:by|author|authors|written by|created by|contributed by|thanks to|credits? to"
    r"|copyright)\b|@\w|https?://"
    r"|-\*-|(?:noqa|type:|pylint|flake8|fmt:)",
    re.IGNORECASE,
)
_NAMES_PERSON = re.compile(
    r"(?<!\w)@\w|\bauthors?\s*:|\bthanks\b|\bcredits?\s+(?:to|go)\b|\(by\b", re.IGNORECASE
)
"""A comment that names an author, a source or a tool: no step of the code."""
_MIN_POINT_WORDS = 3
"""Fewer say nothing: `Disclaimer #1.`"""
_YES_OR_NO = re.compile(r"(?:yes|no)\W*", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
_LETTER_OR_DIGIT = re.compile(r"\w")
_WORD = re.compile(r"[^\W\d_]{2,}|[^\W\d_a-z]")


@dataclass(frozen=True, slots=True)
class WholeQuestion:
    """A question with its paragraphs, after the cards of its blocks were made."""

    question: Question
    paragraphs: tuple[Paragraph, ...]
    has_other_cards: bool


@dataclass(frozen=True, slots=True)
class _Point:
    """A sentence of an outline."""

    inline: Inline
    leans: bool
    """Whether it is understood only below the one before: `It ...`, `Then ...`."""

    @property
    def is_bold(self) -> bool:
        """Whether a part of it is bold."""
        return any(run.style is Style.STRONG for run in self.inline)


def outline_cards(whole: WholeQuestion, context: QuestionContext) -> Iterable[CardOrReason]:
    """Make the overview of a question: its steps, else its sentences, those with bold first."""
    steps = _ordered_steps(whole.question)
    points = (
        tuple(map(Item, steps))
        if steps
        else _outline_points(_sentence_points(whole.paragraphs, context.language))
    )
    if len(points) < _MIN_POINTS:
        return [NoCard("the answer has no outline")]
    return [_overview_card(points, context, ordered=bool(steps))]


def fallback_cards(whole: WholeQuestion, context: QuestionContext) -> Iterable[CardOrReason]:
    """Make the card of a question that has no other: its paragraph, or what its code says or defines."""
    return [] if whole.has_other_cards else [_fallback_card(whole.question, context)]


def says_its_steps(code: Sequence[Code]) -> bool:
    """Tell whether the comments of code make an outline."""
    return bool(_first_points(code, _comment_points))


def _outline_points(points: list[_Point]) -> tuple[Item, ...]:
    """Return the points that fit on one card, in their order.

    The first is the answer and is never left out; then bold points take precedence. A point that leans on the
    one before comes only with that.
    """
    order = sorted(range(len(points)), key=lambda place: (place > 0, not points[place].is_bold))
    chosen: set[int] = set()
    for place in order:
        together = chosen | _leaning_run(points, place)
        words = sum(count_words(plain_text(points[each].inline)) for each in together)
        if len(together) <= MAX_OUTLINE_POINTS and words <= MAX_OUTLINE_WORDS:
            chosen = together
    return tuple(Item(points[place].inline) for place in sorted(chosen)) if 0 in chosen else ()


def _leaning_run(points: list[_Point], place: int) -> set[int]:
    """Return the place of a point and of those before it that it leans on."""
    first = place
    while first > 0 and points[first].leans:
        first -= 1
    return set(range(first, place + 1))


def _sentence_points(paragraphs: tuple[Paragraph, ...], language: Language) -> list[_Point]:
    """Return the sentences of an answer that say something: none that asks or leads into a list."""
    points: list[_Point] = []
    is_kept = True
    for paragraph in paragraphs:
        for written, alone in zip(
            split_sentences(paragraph.prose.inline, language), paragraph.sentences, strict=True
        ):
            leans = isinstance(alone, NoCard)
            shown = written if isinstance(alone, NoCard) else alone
            # What leans on a sentence that is left out has nothing to lean on.
            is_kept = _is_point(shown) and (not points or is_kept or not leans)
            is_kept = is_kept and not (leans and points_elsewhere(written, language))
            if is_kept:
                points.append(_Point(shown, leans and bool(points)))
    return points


def _is_point(sentence: Inline) -> bool:
    words = plain_text(sentence)
    says_enough = count_words(words) >= _MIN_POINT_WORDS or _YES_OR_NO.fullmatch(words)
    return not words.endswith((*COLONS, *QUESTION_MARKS)) and bool(says_enough)


def _ordered_steps(question: Question) -> list[Inline]:
    """Return the steps that answer the question, if they make an outline: few, short and all different."""
    for block in question.blocks:
        if isinstance(block, Listing) and block.ordered and _can_be_outline(block):
            words = {plain_text(item.inline).casefold() for item in block.items}
            if len(words) == len(block.items) and all(
                _WORD.search(each) and count_words(each) <= MAX_STEP_WORDS for each in words
            ):
                return [item.inline for item in block.items]
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
    blocks = [
        block
        for place, block in enumerate(question.blocks)
        if place not in question.context and not isinstance(block, Picture)
    ]
    pictures = shown_pictures(question)
    if not blocks and pictures:
        asked = (Prose(question.wording),)
        return context.draft(CardKind.FAQ, question.title, asked, pictures, span=question.span)
    if short := _short_answer(blocks):
        asked = (Prose(question.wording),)
        return context.draft(CardKind.FAQ, question.title, asked, short, span=question.span)
    prose = [block for block in blocks if isinstance(block, Prose)]
    if prose and len(prose) == len(blocks) and not plain_text(prose[0].inline).endswith(COLONS):
        return question_answer_card(question.wording, prose[0], CardKind.OVERVIEW, context)
    code = [block for block in blocks if isinstance(block, Code)]
    is_shown_by_code = bool(code) and all(isinstance(block, Prose | Code | Subheading) for block in blocks)
    if prose and is_shown_by_code and not plain_text(prose[0].inline).endswith(COLONS):
        return _with_code_below(
            question_answer_card(question.wording, prose[0], CardKind.OVERVIEW, context), code, question
        )
    points = _first_points(code, _comment_points) or _first_points(code, _definition_points)
    if not points:
        return NoCard("the answer is code that says nothing of itself")
    used = [block for block, _ in points]
    names = _shown_names(question)
    python = tuple(block for block in code if block in used and block.span in names)
    return _overview_card(tuple(item for _, item in points), context, code=python)


def _short_answer(blocks: Sequence[Block]) -> Side:
    """Return a short answer that is a list, as it stands with its lead-in; empty for any other answer."""
    if not any(isinstance(block, Listing) for block in blocks):
        return ()
    shown: list[Block] = []
    for place, block in enumerate(blocks):
        match block:
            case Prose() if place == 0 and plain_text(block.inline).endswith(COLONS):
                shown.append(block)
            case Listing(items=(Item(items=()) as only,)):
                shown.append(Prose(only.inline))
            case Listing() if not any(item.items for item in block.items) and not is_options_or_navigation(
                block
            ):
                shown.append(block)
            case _:
                return ()
    words = " ".join(map(words_of, shown))
    says_something = bool(_LETTER_OR_DIGIT.search(_ADDRESS.sub("", words)))
    items = sum(len(block.items) for block in shown if isinstance(block, Listing))
    is_short = count_words(words) <= MAX_SHORT_ANSWER_WORDS and items <= MAX_OUTLINE_POINTS
    return tuple(shown) if is_short and says_something else ()


def _with_code_below(card: CardOrReason, code: list[Code], question: Question) -> CardOrReason:
    """Return a card in words with the code of the answer below it; Python only where it is to hold."""
    if isinstance(card, NoCard):
        return card
    shown = [
        (block, snippet)
        for block in code
        if (snippet := shown_snippet(question, block)) is None or snippet.directives.is_meant_to_hold
    ]
    return replace(
        card,
        context=(*card.context, *(Code(block.source, block.language) for block, _ in shown)),
        snippets=tuple(snippet.name for _, snippet in shown if snippet is not None),
    )


def _shown_names(question: Question) -> dict[Span, SnippetName]:
    """Return the names of the snippets that the answer shows, by the position of their blocks."""
    return {snippet.span: snippet.name for snippet in question.snippets if snippet.role is SnippetRole.SHOWN}


def _first_points(
    code: Sequence[Code], points_of: Callable[[Code], Iterator[Item]]
) -> list[tuple[Code, Item]]:
    """Return the first points of the code, each with its block; none where they make no outline."""
    points: list[tuple[Code, Item]] = []
    words = 0
    for block, item in ((each, item) for each in code for item in points_of(each)):
        if any(item == other for _, other in points):
            continue
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
    yield from (Item((StyledText(words),)) for words in texts if _says_something(words))


def _says_something(comment: str) -> bool:
    """Tell whether a comment has words enough, of letters, and names no author."""
    if _CREDIT.match(comment) or _NAMES_PERSON.search(comment):
        return False
    words = _WORD.findall(comment.casefold())
    return (count_words(comment) if has_unspaced(comment) else len(words)) >= _MIN_COMMENT_WORDS
