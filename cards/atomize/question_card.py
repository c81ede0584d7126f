"""The card of a question of which nothing else was made: the question itself."""

from __future__ import annotations

import ast
from itertools import pairwise
from typing import TYPE_CHECKING

from cards.atomize.prose import asked_card
from cards.atomize.topic import NoCard
from cards.card.kind import Kind
from cards.guide.block import Code, Item, Listing, Prose
from cards.guide.element import PYTHON
from cards.guide.text import Run, Style, plain
from cards.program.snippet import Role
from cards.python.comments import comments
from cards.python.syntax import tree_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cards.atomize.topic import Topic
    from cards.card.card import Draft

_FEWEST_POINTS = 2
_MOST_POINTS = 5
_FEWEST_WORDS = 2
_MOST_WORDS = 60


def bare_card(topic: Topic) -> Draft:
    """Question -> its paragraph, or what its code says of itself or defines; raises NoCard."""
    question = topic.question
    blocks = [block for place, block in enumerate(question.blocks) if place not in question.context]
    prose = [block for block in blocks if isinstance(block, Prose)]
    if prose and len(prose) == len(blocks) and not plain(prose[0].inline).endswith(":"):
        return asked_card(topic, question.wording, prose[0], Kind.OVERVIEW)
    code = [block for block in blocks if isinstance(block, Code)]
    told = _outline(code, _said) or _outline(code, _defined)
    if not told:
        raise NoCard("the answer is code that says nothing of itself")
    used = [block for block, _ in told]
    names = {snippet.span: snippet.name for snippet in question.snippets if snippet.role is Role.SHOWN}
    python = [block for block in code if block in used and block.span in names]
    return topic.draft(
        Kind.OVERVIEW,
        "overview",
        (Prose(question.wording),),
        (Listing(ordered=False, items=tuple(item for _, item in told)),),
        span=question.span,
        context=tuple(python),
        snippets=tuple(names[block.span] for block in python),
    )


def _outline(code: list[Code], points: Callable[[Code], Iterator[Item]]) -> list[tuple[Code, Item]]:
    """Return the first points of the code, each with its block; none where they make no outline."""
    told: list[tuple[Code, Item]] = []
    words = 0
    for block, item in ((each, item) for each in code for item in points(each)):
        words += len(plain(item.inline).split())
        if len(told) < _MOST_POINTS and words <= _MOST_WORDS:
            told.append((block, item))
    return told if len(told) >= _FEWEST_POINTS else []


def _defined(block: Code) -> Iterator[Item]:
    """Yield the classes of Python code with their methods, and its functions."""
    tree = tree_of(block.source) if block.language in PYTHON else None
    for node in tree.body if tree else ():
        if isinstance(node, ast.FunctionDef):
            yield Item((Run(node.name, Style.CODE),))
        elif isinstance(node, ast.ClassDef):
            methods = [each.name for each in node.body if isinstance(each, ast.FunctionDef)]
            named = [run for name in methods for run in (Run(", "), Run(name, Style.CODE))][1:]
            yield Item((Run(node.name, Style.CODE), *([Run(": "), *named] if named else [])))


def _said(block: Code) -> Iterator[Item]:
    """Yield what comments on lines of their own say, those on lines in a row as one."""
    lines = [(each.line, each.text) for each in comments(block.source) if not each.trailing]
    if block.language not in PYTHON:
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
    yield from (Item((Run(words),)) for words in said if len(words.split()) >= _FEWEST_WORDS)
