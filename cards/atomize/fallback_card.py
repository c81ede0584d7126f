"""The card of a question of which nothing else was made: the question itself."""

from __future__ import annotations

import ast
from itertools import pairwise
from typing import TYPE_CHECKING

from cards.atomize.prose import question_answer_card
from cards.atomize.question_context import NoCard
from cards.card.kind import CardKind
from cards.guide.block import Code, Item, Listing, Prose
from cards.guide.element import PYTHON_LANGUAGES
from cards.guide.text import Style, StyledText, plain_text
from cards.program.snippet import SnippetRole
from cards.python.comments import code_comments
from cards.python.syntax import tree_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cards.atomize.question_context import QuestionContext
    from cards.card.card import Draft

_MIN_POINTS = 2
_MAX_POINTS = 5
_MIN_COMMENT_WORDS = 2
_MAX_OUTLINE_WORDS = 60


def fallback_card(topic: QuestionContext) -> Draft:
    """Question -> its paragraph, or what its code says of itself or defines; raises NoCard."""
    question = topic.question
    blocks = [block for place, block in enumerate(question.blocks) if place not in question.context]
    prose = [block for block in blocks if isinstance(block, Prose)]
    if prose and len(prose) == len(blocks) and not plain_text(prose[0].inline).endswith(":"):
        return question_answer_card(topic, question.wording, prose[0], CardKind.OVERVIEW)
    code = [block for block in blocks if isinstance(block, Code)]
    told = _first_points(code, _comment_points) or _first_points(code, _definition_points)
    if not told:
        raise NoCard("the answer is code that says nothing of itself")
    used = [block for block, _ in told]
    names = {snippet.span: snippet.name for snippet in question.snippets if snippet.role is SnippetRole.SHOWN}
    python = [block for block in code if block in used and block.span in names]
    return topic.draft(
        CardKind.OVERVIEW,
        "overview",
        (Prose(question.wording),),
        (Listing(ordered=False, items=tuple(item for _, item in told)),),
        span=question.span,
        context=tuple(python),
        snippets=tuple(names[block.span] for block in python),
    )


def _first_points(code: list[Code], points: Callable[[Code], Iterator[Item]]) -> list[tuple[Code, Item]]:
    """Return the first points of the code, each with its block; none where they make no outline."""
    told: list[tuple[Code, Item]] = []
    words = 0
    for block, item in ((each, item) for each in code for item in points(each)):
        words += len(plain_text(item.inline).split())
        if len(told) < _MAX_POINTS and words <= _MAX_OUTLINE_WORDS:
            told.append((block, item))
    return told if len(told) >= _MIN_POINTS else []


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
    """Yield what comments on lines of their own say, those on lines in a row as one."""
    lines = [(each.line, each.text) for each in code_comments(block.source) if not each.trailing]
    if block.language not in PYTHON_LANGUAGES:
        written = enumerate(block.source.split("\n"))
        lines = [
            (place, line.strip()[1:].strip()) for place, line in written if line.strip().startswith("# ")
        ]
    said: list[str] = []
    for (before, _), (line, text) in pairwise([(-2, ""), *lines]):
        if line == before + 1:
            said[-1] += f" {text}"
        else:
            said.append(text)
    yield from (Item((StyledText(words),)) for words in said if len(words.split()) >= _MIN_COMMENT_WORDS)
