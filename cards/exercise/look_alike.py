"""Find what stands near a gap and looks like it: names of the same kind, the piece of a similar line."""

from __future__ import annotations

import ast
import io
import tokenize
from typing import TYPE_CHECKING

from cards.python.bindings import names_bound_within
from cards.python.syntax import called_name, nodes_in, tree_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cards.exercise.gap import Gap

_MOST_NAMES = 4
_MOST_TWINS = 4
_LEAST_ALIKE = 0.6
"""The share of the tokens that two similar lines have in common."""


def similar_names(source: str, gap: Gap, kinds: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Return for each name that the gap may read the other names there whose values are of the same kind.

    Within a function those are its parameters and the names that it has bound above.
    """
    tree = tree_of(source)
    if tree is None:
        return {}
    own = _local_names(tree, gap.line)
    if own:
        return {name: tuple(other for other in own if other != name)[:_MOST_NAMES] for name in own}
    later = {
        name
        for statement in tree.body
        if (statement.end_lineno or 0) >= gap.line
        for name in names_bound_within(statement)
    } - {
        name
        for statement in tree.body
        if (statement.end_lineno or 0) < gap.line
        for name in names_bound_within(statement)
    }
    there = [name for name in kinds if name not in later]
    return {
        name: tuple(other for other in there if other != name and kinds[other] == kinds[name])[-_MOST_NAMES:]
        for name in there
    }


def _local_names(tree: ast.Module, line: int) -> list[str]:
    """Return the parameters and the names bound above a line in the innermost function around it."""
    around = [
        node
        for node in nodes_in(tree)
        if isinstance(node, ast.FunctionDef) and node.body[0].lineno <= line <= (node.end_lineno or 0)
    ]
    if not around:
        return []
    function = max(around, key=lambda node: node.lineno)
    names = [each.arg for each in nodes_in(function.args) if isinstance(each, ast.arg) and each.arg != "self"]
    names += [
        node.id
        for node in nodes_in(function)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) and node.lineno < line
    ]
    return list(dict.fromkeys(names))


def twin_texts(source: str, gap: Gap) -> tuple[str, ...]:
    """Return what other lines have where this one has its gap, and other calls of the same function."""
    found = dict.fromkeys([*_twin_line_texts(source, gap), *_other_calls(source, gap)])
    return tuple(text for text in found if text != gap.text)[:_MOST_TWINS]


def _twin_line_texts(source: str, gap: Gap) -> Iterator[str]:
    lines = source.split("\n")
    own = _tokens(lines[gap.line - 1])
    hidden = [place for place, token in enumerate(own) if gap.start <= token.start[1] < gap.end]
    if not hidden:
        return
    for number, line in enumerate(lines, 1):
        other = _tokens(line)
        if (
            number == gap.line
            or len(other) != len(own)
            or any(a.type != b.type for a, b in zip(own, other, strict=True))
        ):
            continue
        alike = sum(a.string == b.string for a, b in zip(own, other, strict=True))
        if alike >= _LEAST_ALIKE * len(own):
            yield line[other[hidden[0]].start[1] : other[hidden[-1]].end[1]]


def _tokens(line: str) -> list[tokenize.TokenInfo]:
    """Return the tokens of a line without those that only say where it ends."""
    try:
        found = list(tokenize.generate_tokens(io.StringIO(line.strip()).readline))
    except (tokenize.TokenError, IndentationError):
        return []
    indent = len(line) - len(line.lstrip())
    kinds = {tokenize.NAME, tokenize.OP, tokenize.NUMBER, tokenize.STRING}
    return [
        token._replace(
            start=(token.start[0], token.start[1] + indent), end=(token.end[0], token.end[1] + indent)
        )
        for token in found
        if token.type in kinds
    ]


def _other_calls(source: str, gap: Gap) -> Iterator[str]:
    """Yield the other calls of the function whose call the gap hides."""
    name = gap.text.partition("(")[0].rpartition(".")[2]
    tree = tree_of(source)
    is_whole = "." in gap.text.partition("(")[0]
    for node in nodes_in(tree) if tree else ():
        if isinstance(node, ast.Call) and called_name(node.func) == name and node.lineno == node.end_lineno:
            whole = ast.get_source_segment(source, node) or ""
            function = ast.get_source_segment(source, node.func) or ""
            yield whole if is_whole else name + whole[len(function) :]
