"""Find the pieces of code that may be hidden as gaps, because a learner can recall them.

Which of these gaps are worth asking is measured (`cards.prove.measuring.measure`): one counts only if running
tells every near miss from it.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from cards.exercise.everyday import EVERYDAY_CALLS, FREE_KEYWORDS
from cards.exercise.gap import Gap, GapKind
from cards.guide.text import BLANK
from cards.python.syntax import DEFINITIONS, called_name, dotted_root_name, nodes_in, tree_of

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_CHARACTERS = 44
"""The length of the longest hidden piece: to type more is copying, not recalling."""

_MODULE_NAMES = frozenset({"tf", "keras", "layers", "np", "tfp", "tensorflow"})


def gap_candidates(source: str) -> tuple[Gap, ...]:
    """Return the gaps that may be asked for, best kind first, later ones before earlier ones."""
    tree = tree_of(source)
    if tree is None or BLANK in source:
        return ()
    lines = source.split("\n")
    own = {node.name for node in nodes_in(tree) if isinstance(node, DEFINITIONS)}
    found = [gap for node in _searchable_nodes(tree, own) for gap in _node_gaps(node, lines)]
    kinds = list(GapKind)
    # The call of a decorator or of a `with` statement comes before the same call by itself.
    unique: dict[tuple[int, int, int], Gap] = {}
    for gap in found:
        if _can_be_asked(gap, lines):
            unique.setdefault((gap.line, gap.start, gap.end), gap)
    return tuple(sorted(unique.values(), key=lambda gap: (kinds.index(gap.sort), -gap.line, -gap.start)))


def _searchable_nodes(tree: ast.AST, own: set[str]) -> Iterator[ast.AST]:
    """Yield the nodes in which a piece may be hidden: no imports, assertions and formatted strings.

    Calls of the code's own functions are left out, not what they are given.
    """
    pending: list[ast.AST] = [tree]
    while pending:
        node = pending.pop()
        if isinstance(node, ast.Import | ast.ImportFrom | ast.Assert | ast.JoinedStr):
            continue
        if not (isinstance(node, ast.Call) and called_name(node.func) in own):
            yield node
        pending.extend(ast.iter_child_nodes(node))


def _node_gaps(node: ast.AST, lines: list[str]) -> Iterator[Gap]:
    match node:
        case ast.Call(func=func, keywords=keywords):
            if called_name(func) not in {"print", "dict", "super"}:
                for keyword in keywords:
                    if keyword.arg and keyword.arg not in FREE_KEYWORDS and _is_short(keyword.value):
                        yield from _node_gap(GapKind.ARGUMENT, keyword, lines)
            if isinstance(func, ast.Attribute) and called_name(func) not in EVERYDAY_CALLS:
                yield from _call_gaps(node, func, lines)
        case ast.FunctionDef(decorator_list=decorators) | ast.ClassDef(decorator_list=decorators):
            for decorator in decorators:
                if isinstance(decorator, ast.Attribute | ast.Call):
                    yield from _node_gap(GapKind.DECORATOR, decorator, lines)
        case ast.BinOp(op=ast.MatMult()):
            yield from _node_gap(GapKind.OPERATOR, node, lines)
        case ast.With(items=items):
            for item in items:
                if (
                    isinstance(item.context_expr, ast.Call)
                    and called_name(item.context_expr.func) not in EVERYDAY_CALLS
                ):
                    yield from _node_gap(GapKind.CONTEXT, item.context_expr, lines)
        case _:
            pass


def _call_gaps(node: ast.Call, func: ast.Attribute, lines: list[str]) -> Iterator[Gap]:
    whole = next(_node_gap(GapKind.CALL, node, lines), None)
    if dotted_root_name(func) in _MODULE_NAMES:
        if whole:
            yield whole
        return
    if dotted_root_name(func) == "self" and func.attr != "add_weight":
        return
    if not node.args and not node.keywords:
        return
    line = node.end_lineno or 0
    if func.end_lineno == line:
        text = lines[line - 1]
        end = _character_column(text, node.end_col_offset or 0)
        start = _character_column(text, func.end_col_offset or 0) - len(func.attr)
        yield Gap(GapKind.CALL, line, start, end, text[start:end])


def _node_gap(sort: GapKind, node: ast.expr | ast.keyword, lines: list[str]) -> Iterator[Gap]:
    if node.lineno == node.end_lineno:
        text = lines[node.lineno - 1]
        start, end = (
            _character_column(text, node.col_offset),
            _character_column(text, node.end_col_offset or 0),
        )
        yield Gap(sort, node.lineno, start, end, text[start:end])


def _character_column(line: str, offset: int) -> int:
    """Return the character that a node's UTF-8 offset means."""
    return len(line.encode()[:offset].decode(errors="ignore"))


def _is_short(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant | ast.Attribute | ast.Name | ast.UnaryOp | ast.Tuple | ast.List)


def _can_be_asked(gap: Gap, lines: list[str]) -> bool:
    """Tell whether a gap is short enough and its text stands only once in the code."""
    occurrences = sum(line.count(gap.text) for line in lines)
    return 2 < len(gap.text) <= MOST_CHARACTERS and occurrences == 1
