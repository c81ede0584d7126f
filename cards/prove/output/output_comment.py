"""Reads what the comments of code say about the output of the statement that they follow."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections import Counter
from dataclasses import dataclass, replace
from enum import Enum, auto
from itertools import zip_longest
from typing import TYPE_CHECKING, TypeGuard

from cards.python.syntax import called_name, nodes_in, tree_of
from cards.regex import regex

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_OUTPUT_COMMENT = regex(
    r"^#\s*(?:=>|⇒|(?:output|prints|stdout|out\s?\[\d*\]):)[ \t]*(?P<claim>.*)$", re.IGNORECASE
)
_SAYING_COMMENT = regex(r"^#\s*(?:-{1,2}>|→|>{2,3}|={1,2}(?![=>]))[ \t]*(?P<claim>.*)$")
_TOLD_COMMENT = regex(
    r"^#\s*(?:(?:this|it)\s+)?(?:will\s+)?"
    r"(?:prints?|outputs?|returns?|gives?|yields?|results?(?: in| is)?|evaluates to|becomes"
    r"|(?:[a-z_]\w*\s+)?(?:is\s+)?now)\b\s*[:=]?[ \t]*"
    r"(?P<claim>.*?)(?<!\.\.)\.?$",
    re.IGNORECASE,
)

_REMARK = regex(
    r"(?P<value>\S.*?)"
    r"(?:[;\u2013\u2014]|\s*\((?=[A-Za-z])|\s+--?\s+(?=[A-Za-z])"
    r"|,?\s+(?=(?:because|since|as|so|not|which|but|while|whereas|instead|rather)\b)|(?<=[^\d.]):\s+(?=[a-z]))"
    r"(?P<remark>.*)",
    re.DOTALL,
)
_SUM = regex(r"[\d\s.+*/%()-]+=\s*(?P<value>-?\d+(?:\.\d+)?)")
_UNSURE = regex(
    r"\b(?:about|approx\w*|roughly|around|var(?:y|ies)|differ\w*|depend\w*|random\w*|e\.?g|may|might|could"
    r"|example|usually|typically|mostly|often)\b",
    re.IGNORECASE,
)

_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_FLOW = (ast.For, ast.AsyncFor, ast.While, ast.If, ast.With, ast.AsyncWith, ast.Try, ast.TryStar, ast.Match)
_SILENT = (ast.Assign, ast.AnnAssign, ast.AugAssign, ast.Import, ast.ImportFrom)
"""What prints nothing by itself."""
_WRITTEN = (ast.Constant, ast.UnaryOp, ast.List, ast.Tuple, ast.Dict, ast.Set)
"""What is assigned as it is written."""


class CommentMarker(Enum):
    """How a comment says that it is about the output."""

    OUTPUT = auto()
    """`#=>`, `# Output:` or `# Prints:`: it is the output, or the value."""
    SAID = auto()
    """`# ->`, `# = ` or `# prints`: what is printed, the value, or a remark on shapes or types."""
    NONE = auto()
    """It may be about anything."""


@dataclass(frozen=True, slots=True)
class OutputComment:
    """What a comment says about the output of the statement that it follows."""

    text: str
    marker: CommentMarker
    line: int
    """Its first line within the snippet."""
    is_within: bool = False
    """It is beside one of the prints in a body, and so about some of what the whole statement prints."""
    is_below: bool = False
    """It is below the statement, and so may be about what those before it print too."""
    is_of_name: bool = False
    """It is beside an assignment of what is computed to one name, and so may be about that value."""


@dataclass(frozen=True, slots=True)
class _Comment:
    text: str
    column: int
    is_alone: bool
    """Nothing else stands on its line."""


def value_beside_remark(said: str) -> str:
    """Return the value that a comment gives before it says why, or behind a sum; empty where it does neither.

    `7 (an odd number)`, `True, since both are one object`, `1 + 2 = 3`.
    """
    if found := _SUM.fullmatch(said):
        return found["value"]
    found = _REMARK.fullmatch(said)
    return found["value"] if found and not _UNSURE.search(found["remark"]) else ""


def output_comments(source: str) -> dict[int, tuple[OutputComment, ...]]:
    """Return what comments may say about output, by the last line of the top-level statement before them."""
    tree = tree_of(source)
    if tree is None or "#" not in source:
        return {}
    comments = _comments(source)
    lines = source.split("\n")
    found = {}
    prints_of = _prints_of_functions(tree)
    above: tuple[OutputComment, ...] = ()
    for statement, following in zip_longest(tree.body, tree.body[1:]):
        end = statement.end_lineno or statement.lineno
        if isinstance(statement, _DEFINITIONS):
            continue
        beside = list(_comments_within(statement, comments)) if isinstance(statement, _FLOW) else []
        if not isinstance(statement, _FLOW) and end in comments and not comments[end].is_alone:
            beside = [replace(_comment_beside(comments[end].text, end), is_of_name=_computes_name(statement))]
        within = _comments_beside(prints_of.get(_called_once(statement), ()), comments)
        next_above = _comment_above(following, comments) if isinstance(statement, _SILENT) else ()
        below = () if next_above else _comments_below(end, comments, lines)
        found[end] = (*above, *beside, *within, *below)
        above = next_above
    return found


def _comment_above(statement: ast.stmt | None, comments: dict[int, _Comment]) -> tuple[OutputComment, ...]:
    """Return the comment right above a print that says what it prints."""
    if statement is None or not _is_print(statement) or not _is_alone(comments, statement.lineno - 1):
        return ()
    comment = _comment_beside(comments[statement.lineno - 1].text, statement.lineno - 1)
    # Words that give no value head what follows.
    return () if comment.marker is CommentMarker.NONE else (replace(comment, marker=CommentMarker.SAID),)


def _prints_of_functions(tree: ast.Module) -> dict[str, tuple[ast.Expr, ...]]:
    """Return the prints that surely run in each function which the code names once beside its definition."""
    named = Counter(node.id for node in nodes_in(tree) if isinstance(node, ast.Name))
    return {
        each.name: tuple(_sure_prints(each))
        for each in tree.body
        if isinstance(each, ast.FunctionDef) and named[each.name] == 1
    }


def _called_once(statement: ast.stmt) -> str:
    """Return the name of the function that a statement calls, with nothing around it; empty for others."""
    match statement:
        case (
            ast.Expr(value=ast.Call(func=ast.Name(id=name)))
            | ast.Assign(value=ast.Call(func=ast.Name(id=name)))
        ):
            return name
        case _:
            return ""


def _comments_within(statement: ast.stmt, comments: dict[int, _Comment]) -> Iterator[OutputComment]:
    """Yield the comments beside the only print in a statement, else beside those that surely run."""
    prints = [each for each in nodes_in(statement) if _is_print(each)]
    yield from _comments_beside(prints if len(prints) == 1 else _sure_prints(statement), comments)


def _comments_beside(prints: Iterable[ast.Expr], comments: dict[int, _Comment]) -> Iterator[OutputComment]:
    for each in prints:
        end = each.end_lineno or each.lineno
        if end in comments and not comments[end].is_alone:
            yield replace(_comment_beside(comments[end].text, end), is_within=True)


def _sure_prints(statement: ast.stmt) -> Iterator[ast.Expr]:
    """Yield the prints in the bodies of a statement that run whatever the code does."""
    for each in _sure_body(statement):
        if _is_print(each):
            yield each
        yield from _sure_prints(each)


def _is_print(node: ast.AST) -> TypeGuard[ast.Expr]:
    match node:
        case ast.Expr(value=ast.Call(func=func)):
            return called_name(func) == "print"
        case _:
            return False


def _sure_body(statement: ast.stmt) -> list[ast.stmt]:
    """Return the body that runs whatever the code does: of `with`, a loop, the main guard."""
    match statement:
        case ast.With(body=body) | ast.AsyncWith(body=body) | ast.For(body=body) | ast.While(body=body):
            return body
        case ast.FunctionDef(body=body):
            return body
        case ast.If(test=ast.Compare(left=ast.Name(id="__name__")), body=body):
            return body
        case _:
            return []


def _computes_name(statement: ast.stmt) -> bool:
    """Tell whether a statement assigns to one name what it computes."""
    match statement:
        case ast.Assign(targets=[ast.Name()], value=value):
            return not isinstance(value, _WRITTEN)
        case ast.AugAssign(target=ast.Name()):
            return True
        case _:
            return False


def _comments_below(end: int, comments: dict[int, _Comment], lines: list[str]) -> Iterator[OutputComment]:
    """Yield the output that comments below a statement state; behind an empty line only with a marker."""
    first = end + 1
    if first <= len(lines) and not lines[first - 1].strip():
        first += 1
    if not _is_alone(comments, first) or comments[first].column:
        return
    marked = _OUTPUT_COMMENT.match(comments[first].text)
    pointing = _SAYING_COMMENT.match(comments[first].text)
    if pointing and first == end + 1 and not _is_alone(comments, first + 1):
        yield OutputComment(pointing["claim"], CommentMarker.SAID, first, is_below=True)
        return
    if not marked and first > end + 1:
        return
    said = [marked["claim"] if marked else _words(comments[first].text)]
    below = first
    while _is_alone(comments, below + 1):
        below += 1
        again = _OUTPUT_COMMENT.match(comments[below].text)
        said.append(again["claim"] if again else _words(comments[below].text))
    is_above_code = first > end + 1 and below < len(lines) and lines[below].strip()
    if (text := "\n".join(said).strip()) and not is_above_code:
        marker = CommentMarker.OUTPUT if marked else CommentMarker.NONE
        yield OutputComment(text, marker, first, is_below=True)


def _words(comment: str) -> str:
    return comment.removeprefix("#").removeprefix(" ")


def _comment_beside(text: str, line: int) -> OutputComment:
    if marked := _OUTPUT_COMMENT.match(text):
        return OutputComment(marked["claim"], CommentMarker.OUTPUT, line)
    if marked := _SAYING_COMMENT.match(text) or _TOLD_COMMENT.match(text):
        return OutputComment(marked["claim"], CommentMarker.SAID, line)
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
                found[token.start[0]] = _Comment(token.string, token.start[1], is_alone)
    except (tokenize.TokenError, IndentationError):
        return {}
    return found
