"""Change the data in code: other numbers, other sizes, no two alike.

Equal scores, zeros and square shapes hide a wrong axis and a wrong name. So what becomes of them has another
number in each place, in no order, and other sizes where one number says how much there is.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, TypeAlias

from cards.python.syntax import Edit, called_name, nodes_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

Change: TypeAlias = tuple[Edit, ...]
"""Edits that belong together."""
Editor: TypeAlias = "Callable[[ast.Module], Iterator[Change]]"

_DATA_CALLS = frozenset(
    {"constant", "array", "asarray", "Variable", "convert_to_tensor", "from_tensor_slices", "from_tensors"}
)
_FILLED_CALLS = frozenset({"ones", "zeros", "full", "fill", "eye"})
_SIZE_CALLS = frozenset({"range", "arange", "ones", "zeros", "normal", "uniform", "full", "fill"})
_SHAPE_CALLS = frozenset(
    {"reshape", "transpose", "TensorSpec", "Input", "broadcast_to", "tile", "pad", "resize", "build", "print"}
)
"""Calls that a list of numbers tells a shape or an order."""

_OFFSETS = (3, 8, 1, 10, 5, 12, 7, 2, 11, 6, 13, 4, 9)
"""Distinct and in no order; as many as no small shape divides."""


def value_changes(tree: ast.Module) -> Iterator[Change]:
    """Change the numbers in what makes data: `tf.constant([1., 2.])`."""
    yield from _number_changes(_data_arguments(tree))


def real_value_changes(tree: ast.Module) -> Iterator[Change]:
    """Change the real numbers in what makes data: whole ones may be labels or positions."""
    yield from _number_changes(_data_arguments(tree), float)


def listed_changes(tree: ast.Module) -> Iterator[Change]:
    """Change the numbers of lists that are given a name or handed to a call, and single real numbers."""
    yield from _number_changes(_listed_values(tree))


def swapped_changes(tree: ast.Module) -> Iterator[Change]:
    """Give each number in what makes data the place of the next one: labels stay labels."""
    for value in (*_data_arguments(tree), *_listed_values(tree)):
        nodes = list(_number_nodes(value))
        others = [_number(node) for node in (*nodes[1:], *nodes[:1])]
        for node, other in zip(nodes, others, strict=True):
            yield (_replace_node(node, repr(other)),)


def filled_changes(tree: ast.Module) -> Iterator[Change]:
    """Add another number to each place of what is filled with one: `tf.zeros((2, 3))`."""
    calls = [
        node
        for node in nodes_in(tree)
        if isinstance(node, ast.Call) and called_name(node.func) in _FILLED_CALLS and node.args
    ]
    for number, call in enumerate(calls):
        end, column = call.end_lineno or 0, call.end_col_offset or 0
        yield (
            Edit(call.lineno, call.col_offset, call.col_offset, _added_start(number)),
            Edit(end, column, column, ")"),
        )


def size_changes(tree: ast.Module) -> Iterator[Change]:
    """Add one to the number that says how much data there is: `range(10)`, the 2 of `tf.zeros((2, 3))`."""
    for node in nodes_in(tree):
        if not isinstance(node, ast.Call) or called_name(node.func) not in _SIZE_CALLS or not node.args:
            continue
        match node.args[0]:
            case ast.Tuple(elts=[first, _, *_]) | ast.List(elts=[first, _, *_]):
                size = first
            case ast.Constant() as size if len(node.args) == 1:
                pass
            case _:
                continue
        number = _number(size)
        if isinstance(number, int) and isinstance(size, ast.Constant) and size.lineno == size.end_lineno:
            yield (_replace_node(size, str(number + 1)),)


def row_changes(tree: ast.Module) -> Iterator[Change]:
    """Add a row to what makes data, a copy of the last one."""
    for value in (*_data_arguments(tree), *_listed_values(tree)):
        if isinstance(value, ast.List) and value.elts and any(True for _ in _number_nodes(value)):
            last = value.elts[-1]
            end, column = last.end_lineno or 0, last.end_col_offset or 0
            yield (Edit(end, column, column, f", {_row_text(last)}"),)


EDITOR_SETS: tuple[tuple[Editor, ...], ...] = (
    (value_changes, listed_changes, filled_changes),
    (value_changes, filled_changes, size_changes),
    (real_value_changes, filled_changes),
    (value_changes,),
    (row_changes, size_changes),
    (swapped_changes,),
    (size_changes,),
)
"""What is changed together; the first ones tell most, the last ones run most often."""


def _added_start(number: int) -> str:
    """Return code before an expression that adds a number to each place of its value."""
    offsets = [_offset(number, place) for place in range(len(_OFFSETS))]
    return (
        "(lambda t: t + __import__('numpy').resize("
        f"[n * (0.25 if 'float' in str(t.dtype) else 1) for n in {offsets}], tuple(t.shape)).tolist())("
    )


def _offset(number: int, place: int) -> int:
    """Return what is added at a place of a value; two values with the same numbers become different."""
    return _OFFSETS[(place + 4 * number) % len(_OFFSETS)]


def _data_arguments(tree: ast.Module) -> list[ast.expr]:
    return [
        node.args[0]
        for node in nodes_in(tree)
        if isinstance(node, ast.Call) and node.args and called_name(node.func) in _DATA_CALLS
    ]


def _listed_values(tree: ast.Module) -> list[ast.expr]:
    """Return the lists of numbers, and the single real numbers, that code names or hands to calls."""
    found: list[ast.expr] = []
    for node in nodes_in(tree):
        match node:
            case ast.Assign(value=ast.List() as value):
                found.append(value)
            case ast.Assign(value=ast.Constant(value=float()) as value):
                found.append(value)
            case ast.Call(args=[ast.List() as value, *_], func=func) if (
                called_name(func) not in _DATA_CALLS | _SIZE_CALLS | _SHAPE_CALLS
            ):
                found.append(value)
            case _:
                pass
    return found


def _number_changes(values: Sequence[ast.expr], kind: type = object) -> Iterator[Change]:
    for count, value in enumerate(values):
        taken: set[float] = set()
        for place, node in enumerate(_number_nodes(value)):
            number = _number(node)
            if number is not None and isinstance(number, kind):
                other = number * 2 + _offset(count, place)
                while other in taken:
                    other += 1
                taken.add(other)
                yield (_replace_node(node, repr(other)),)


def _number_nodes(node: ast.expr) -> Iterator[ast.Constant]:
    """Yield the numbers in lists within lists; of a negative one without its sign."""
    match node:
        case ast.List(elts=elements) | ast.Tuple(elts=elements):
            for element in elements:
                yield from _number_nodes(element)
        case ast.UnaryOp(operand=operand):
            yield from _number_nodes(operand)
        case ast.Constant() if _number(node) is not None and node.lineno == node.end_lineno:
            yield node
        case _:
            pass


def _number(node: ast.expr) -> float | None:
    match node:
        case ast.Constant(value=bool()):
            return None
        case ast.Constant(value=int() | float() as number):
            return number
        case _:
            return None


def _replace_node(node: ast.expr, text: str) -> Edit:
    return Edit(node.lineno, node.col_offset, node.end_col_offset or 0, text)


def _row_text(row: ast.expr) -> str:
    return ast.unparse(row)
