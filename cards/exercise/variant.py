"""Vary a program's data, to tell an answer that computes from one that prints the expected text.

An answer may print the expected text, or be a constant, and look right. So it is run a second time with the
numbers of the example changed, and must do there what the reference does.
"""

from __future__ import annotations

import ast
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from cards.program.snippet import SnippetRole
from cards.python.syntax import Edit, apply_edits, called_name, tree_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cards.exercise.gap import Gap
    from cards.program.program import Program

_DATA_CALLS = frozenset(
    {"constant", "array", "asarray", "Variable", "convert_to_tensor", "from_tensor_slices"}
)
_SIZE_CALLS = frozenset({"range", "arange", "ones", "zeros", "normal", "uniform"})

NAMED_VALUE_PREFIX = "_seen_"
"""How the names begin that `with_named_values` gives."""


def program_variants(program: Program, position: int, gap: Gap) -> tuple[Program, ...]:
    """Return the program with other values in its data, with other sizes, and with both.

    The gap's line in the snippet at `position` stays as it is, and where it is.
    """
    found = [_vary(program, position, gap, kinds) for kinds in _EDITOR_SETS]
    return tuple(other for other in dict.fromkeys(found) if other != program)


def with_named_values(program: Program, position: int, gap: Gap) -> Program:
    """Return the program with names for values of which it prints no more than the shape, dtype or length.

    Otherwise an answer that gives any value of that shape would pass. The gap's line stays as it is.
    """
    snippet = program.snippets[position]
    tree = tree_of(snippet.source)
    calls = [call for statement in tree.body for call in _described_calls(statement)] if tree else []
    edits = [
        edit
        for number, call in enumerate(calls)
        if not call.lineno <= gap.line <= (call.end_lineno or 0)
        for edit in _naming_edits(call, f"{NAMED_VALUE_PREFIX}{number}")
    ]
    text = apply_edits(snippet.source, edits)
    snippets = list(program.snippets)
    snippets[position] = replace(snippet, source=text) if tree_of(text) else snippet
    return replace(program, snippets=tuple(snippets))


def _described_calls(statement: ast.stmt) -> Iterator[ast.Call]:
    match statement:
        case ast.Expr(value=ast.Call(func=ast.Name(id="print"), args=args)):
            yield from (call for argument in args if (call := _described_call(argument)) is not None)
        case _:
            pass


def _described_call(node: ast.expr) -> ast.Call | None:
    """Return the call that an expression only describes: `f(x)` of `f(x).dtype.name`."""
    is_described = False
    while True:
        match node:
            case ast.Attribute(value=inner, attr=name):
                is_described = is_described or name in {"shape", "dtype", "element_spec"}
                node = inner
            case ast.Call(func=ast.Name(id="len"), args=[inner]):
                is_described = True
                node = inner
            case ast.Call(func=ast.Attribute() as method, args=[], keywords=[]) if not is_described:
                node = method
            case ast.Call():
                return node if is_described else None
            case _:
                return None


def _naming_edits(call: ast.Call, name: str) -> tuple[Edit, Edit]:
    end, column = call.end_lineno or 0, call.end_col_offset or 0
    return (
        Edit(call.lineno, call.col_offset, call.col_offset, f"({name} := "),
        Edit(end, column, column, ")"),
    )


def _vary(program: Program, position: int, gap: Gap, kinds: tuple[_Editor, ...]) -> Program:
    snippets = []
    for place, snippet in enumerate(program.snippets):
        tree = tree_of(snippet.source) if snippet.role is not SnippetRole.CHECK else None
        edits = [edit for kind in kinds for edit in kind(tree)] if tree else []
        kept = [edit for edit in edits if place != position or edit.line != gap.line]
        text = apply_edits(snippet.source, kept)
        snippets.append(replace(snippet, source=text) if tree_of(text) else snippet)
    return replace(program, snippets=tuple(snippets))


def _value_edits(tree: ast.Module) -> Iterator[Edit]:
    """Change the numbers in what makes data: `tf.constant([1., 2.])`; zeros, which hide much, become ones."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        if called_name(node.func) in _DATA_CALLS:
            for place, number in enumerate(_number_nodes(node.args[0])):
                yield from _number_edits(number, partial(_changed_number, place))
        elif called_name(node.func) == "zeros" and node.func.lineno == node.func.end_lineno:
            end = node.func.end_col_offset or 0
            yield Edit(node.func.lineno, end - len("zeros"), end, "ones")


def _size_edits(tree: ast.Module) -> Iterator[Edit]:
    """Change a single whole number that says how much data there is: `range(10)`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and called_name(node.func) in _SIZE_CALLS and len(node.args) == 1:
            yield from _number_edits(node.args[0], _one_more)


def _changed_number(place: int, value: float) -> float:
    return value * 2 + place + 1


def _one_more(value: float) -> float:
    return value + 1


def _number_nodes(node: ast.expr) -> Iterator[ast.expr]:
    if isinstance(node, ast.List | ast.Tuple):
        for element in node.elts:
            yield from _number_nodes(element)
    elif isinstance(node, ast.UnaryOp):
        yield from _number_nodes(node.operand)
    elif isinstance(node, ast.Constant):
        yield node


def _number_edits(node: ast.expr, other: Callable[[float], float]) -> Iterator[Edit]:
    if (
        isinstance(node, ast.Constant)
        and isinstance(node.value, int | float)
        and not isinstance(node.value, bool)
        and node.lineno == node.end_lineno
    ):
        yield Edit(node.lineno, node.col_offset, node.end_col_offset or 0, repr(other(node.value)))


_Editor: TypeAlias = "Callable[[ast.Module], Iterator[Edit]]"
_EDITOR_SETS: tuple[tuple[_Editor, ...], ...] = ((_value_edits,), (_size_edits,), (_value_edits, _size_edits))
