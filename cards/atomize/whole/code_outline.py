"""Outlines of code: what its comments say, step by step, or what it defines."""

from __future__ import annotations

import ast
import re
from itertools import pairwise
from typing import TYPE_CHECKING

from cards.atomize.whole.point import MAX_POINTS, MAX_WORDS, MIN_POINT_WORDS, MIN_POINTS, talks_to_reader
from cards.guide.block import Item
from cards.guide.element import PYTHON_LANGUAGES
from cards.guide.text import Style, StyledText, plain_text
from cards.language.word_count import count_words, has_unspaced
from cards.python.comments import joined_comments
from cards.python.syntax import nodes_in, tree_of
from cards.regex import regex

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from cards.guide.block import Code

_MIN_COMMENT_WORDS = 2
_CREDIT = regex(
    r"(?:(?:original |main )?authors?|written by|by|credits?(?: to| goes to)?|thanks to|source"
    r"|from|see|copyright|©|\(c\)"
    r"|licen[cs]ed?|maintainers?|contributed by|contributors?|created by|e-?mail|date|version"
    r"|todo|file(?:name)?)"
    r"\s*[:=@]|(?:by|author|authors|written by|created by|contributed by|thanks to|credits? to"
    r"|copyright)\b|@\w|https?://"
    r"|-\*-|(?:noqa|type:|pylint|flake8|fmt:)",
    re.IGNORECASE,
)
_NAMES_PERSON = regex(r"(?<!\w)@\w|\bauthors?\s*:|\bthanks\b|\bcredits?\s+(?:to|go)\b|\(by\b", re.IGNORECASE)
"""A comment that names an author, a source or a tool: no step of the code."""
_LABELS_CODE = regex(
    r"!|(?:(?:example|sample|expected|test|driver|demo) )?(?:usage|use|outputs?|input|code|run|cases?"
    r"|data)[\s:.]*\Z|(?:output|prints?|result|returns?|=+>|->|>>>)\s*:?\s",
    re.IGNORECASE,
)
"""A comment that only labels what stands below it, or states an output."""
_LEANS = regex(r"(?:this|these|it|they)\b", re.IGNORECASE)
"""Begins a comment that goes on with the one above it, and is no point of its own."""
_LISTED = regex(r"\s*(?:[\w.-]+/(?:\s.*)?|\w+: \S+)\s*")
"""A line of a comment that is a folder of a tree, or a setting: `max_size: 64`."""
_WORD = regex(r"[^\W\d_]{2,}|[^\W\d_a-z]")


def comment_outline(code: Sequence[Code]) -> list[tuple[Code, Item]]:
    """Return what the comments of code say, each point with its block; none where they make no outline."""
    points = _first_points(code, _comment_points)
    labels = sum(0 < count_words(plain_text(item.inline)) < MIN_POINT_WORDS for _, item in points)
    return points if labels * 2 < len(points) else []


def definition_outline(code: Sequence[Code]) -> list[tuple[Code, Item]]:
    """Return what code defines, each point with its block; none where that is too little."""
    return _first_points(code, _definition_points)


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
        if len(points) < MAX_POINTS and words <= MAX_WORDS:
            points.append((block, item))
    return points if len(points) >= MIN_POINTS else []


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
    comments = [each for each in joined_comments(block.source) if not each.trailing]
    texts = [_told_in(each.text) for each in comments if not _is_code(each.text)]
    if block.language not in PYTHON_LANGUAGES:
        texts = _hash_comments(block.source)
    yield from (Item((StyledText(words),)) for words in texts if _says_something(words))


def _told_in(comment: str) -> str:
    """Return the words of a comment without the settings, files and folders that it lists below them."""
    lines = comment.split("\n")
    listed = next(
        (place for place, line in enumerate(lines) if place and _LISTED.fullmatch(line)), len(lines)
    )
    return " ".join(" ".join(lines[:listed]).split()).rstrip(": ")


def _is_code(comment: str) -> bool:
    """Tell whether a comment is a statement that its author left out: `model.summary()`."""
    tree = tree_of(comment)
    return tree is not None and any(isinstance(node, ast.Call | ast.Assign) for node in nodes_in(tree))


def _hash_comments(source: str) -> list[str]:
    """Return the comments of code that is no Python, those on successive lines as one."""
    lines = [
        (place, line.strip()[1:].strip())
        for place, line in enumerate(source.split("\n"))
        if line.strip().startswith("# ")
    ]
    texts: list[str] = []
    for (before, _), (line, text) in pairwise([(-2, ""), *lines]):
        if line == before + 1:
            texts[-1] += f" {text}"
        else:
            texts.append(text)
    return texts


def _says_something(comment: str) -> bool:
    """Tell whether a comment has words enough, of letters, and names no author."""
    if (
        _CREDIT.match(comment)
        or _NAMES_PERSON.search(comment)
        or _LABELS_CODE.match(comment)
        or _LEANS.match(comment)
        or talks_to_reader(comment)
    ):
        return False
    words = _WORD.findall(comment.casefold())
    return (count_words(comment) if has_unspaced(comment) else len(words)) >= _MIN_COMMENT_WORDS
