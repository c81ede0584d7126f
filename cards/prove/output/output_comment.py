"""Reads what the comments of code say about the output of the statement that they follow."""

from __future__ import annotations

import ast
import io
import tokenize
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

from cards.python.syntax import tree_of
from cards.regex import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

_OUTPUT_COMMENT = regex(r"^#\s*(?:=>|⇒|[Oo]utput:|[Pp]rints:)[ \t]*(?P<claim>.*)$")
_ARROW_COMMENT = regex(r"^#\s*(?:->|→)[ \t]*(?P<claim>.*)$")

_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_FLOW = (ast.For, ast.AsyncFor, ast.While, ast.If, ast.With, ast.AsyncWith, ast.Try, ast.TryStar, ast.Match)


class CommentMarker(Enum):
    """How a comment says that it is about the output."""

    OUTPUT = auto()
    """`#=>`, `# Output:` or `# Prints:`: it is the output, or the value."""
    ARROW = auto()
    """`# ->`: what is printed, or a remark on shapes or types."""
    NONE = auto()
    """It may be about anything."""


@dataclass(frozen=True, slots=True)
class OutputComment:
    """What a comment says about the output of the statement that it follows."""

    text: str
    marker: CommentMarker
    line: int
    """Its first line within the snippet."""


@dataclass(frozen=True, slots=True)
class _Comment:
    text: str
    is_alone: bool
    """Nothing else stands on its line."""


def output_comments(source: str) -> dict[int, tuple[OutputComment, ...]]:
    """Return what comments may say about output, by the last line of the simple statement before them."""
    tree = tree_of(source)
    if tree is None or "#" not in source:
        return {}
    comments = _comments(source)
    ends = (
        node.end_lineno or node.lineno for node in tree.body if not isinstance(node, (*_DEFINITIONS, *_FLOW))
    )
    return {end: tuple(_output_comments_at(end, comments)) for end in ends}


def _output_comments_at(line: int, comments: dict[int, _Comment]) -> Iterator[OutputComment]:
    """Yield what the comment after a statement says, and the output comments right below it."""
    beside = comments.get(line)
    if beside and not beside.is_alone:
        yield _comment_beside(beside.text, line)
    below = line + 1
    marked = _OUTPUT_COMMENT.match(comments[below].text) if _is_alone(comments, below) else None
    if marked:
        said = [marked["claim"]]
        first = below
        while _is_alone(comments, below + 1):
            below += 1
            again = _OUTPUT_COMMENT.match(comments[below].text)
            said.append(again["claim"] if again else comments[below].text.removeprefix("#").removeprefix(" "))
        yield OutputComment("\n".join(said).strip(), CommentMarker.OUTPUT, first)


def _comment_beside(text: str, line: int) -> OutputComment:
    if marked := _OUTPUT_COMMENT.match(text):
        return OutputComment(marked["claim"], CommentMarker.OUTPUT, line)
    if marked := _ARROW_COMMENT.match(text):
        return OutputComment(marked["claim"], CommentMarker.ARROW, line)
    return OutputComment(text.lstrip("# "), CommentMarker.NONE, line)


def _is_alone(comments: dict[int, _Comment], line: int) -> bool:
    return line in comments and comments[line].is_alone


def _comments(source: str) -> dict[int, _Comment]:
    """Return the comments by line."""
    found = {}
    try:
        for token in tokenize.generate_tokens(io.StringIO(source).readline):
            if token.type == tokenize.COMMENT:
                is_alone = not token.line[: token.start[1]].strip()
                found[token.start[0]] = _Comment(token.string, is_alone)
    except (tokenize.TokenError, IndentationError):
        return {}
    return found
