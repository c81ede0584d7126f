"""Describes a value without changing it: its text, shape, dtype and type."""

# ruff: noqa: BLE001, S110 - guide code may raise anything

from __future__ import annotations

import ast
import builtins
from math import isfinite
from types import ModuleType
from typing import TYPE_CHECKING

# Functions defined below see these builtins, whatever guide code does to the real ones.
globals()["__builtins__"] = dict(vars(builtins))

if TYPE_CHECKING:
    from typing import Any

    from cards.prove.process.json_text import JsonValue

_TEXT_LENGTH = 2000
_MOST_NUMBERS = 20_000
_FEW_NUMBERS = 64
_ARRAY_MODULES = frozenset({"numpy", "ml_dtypes"})
_SMALL_FLOATS = frozenset({"bfloat16", "float8_e4m3fn", "float8_e5m2"})
"""What numpy has no kind for."""


def value_record(value: object) -> dict[str, JsonValue]:
    """Return the record of a value; asking for its text may run guide code."""
    found: dict[str, JsonValue] = {"type": type(value).__name__}
    try:
        # A module's text says where it is installed.
        found["text"] = None if isinstance(value, ModuleType) else repr(value)[:_TEXT_LENGTH]
    except BaseException:
        found["text"] = None
    for name in ("shape", "dtype"):
        try:
            part = getattr(value, name, None)
            # Only tensors and arrays: a class or a module that happens to have the name says nothing.
            if part is not None and not isinstance(value, type) and not callable(part):
                found[name] = str(getattr(part, "name", part) if name == "dtype" else _as_tuple(part))[:200]
        except BaseException:
            pass
    for name, part_of in (("numbers", _numbers), ("build", _structure)):
        try:
            if part := part_of(value):
                found[name] = part
        except BaseException:
            pass
    return found


def _numbers(value: object) -> list[JsonValue]:
    """Return a value's numbers: all of few, else a sample and two sums over all."""
    if isinstance(value, (bool, int, float)):
        return [_json_number(float(value))]
    array = getattr(value, "numpy", None)
    found: Any = array() if callable(array) and not isinstance(value, type) else value
    if type(found).__module__ not in _ARRAY_MODULES:
        return []
    dtype = found.dtype
    if dtype.kind == "c":
        found = found.reshape(-1).view("f8" if dtype.itemsize == 16 else "f4")
    elif dtype.kind not in "biuf" and dtype.name not in _SMALL_FLOATS:
        return []
    flat = [float(number) for number in found.reshape(-1)[:_MOST_NUMBERS]]
    if len(flat) <= _FEW_NUMBERS:
        return [_json_number(number) for number in flat]
    weighted = sum(number * (1 + index % 97) for index, number in enumerate(flat))
    some = flat[:: len(flat) // _FEW_NUMBERS][:_FEW_NUMBERS]
    return [_json_number(number) for number in (*some, sum(flat), weighted, float(found.size))]


def _json_number(number: float) -> JsonValue:
    # JSON has no other numbers.
    return number if isfinite(number) else str(number)


def _structure(value: object) -> str:
    """Return the structure of a layer, a model or a dataset without its name; empty for anything else."""
    if isinstance(value, type):
        return ""
    kind = type(value)
    if hasattr(kind, "element_spec") and hasattr(kind, "cardinality"):
        return f"elements {value.element_spec}"  # type: ignore[attr-defined]
    if hasattr(kind, "count_params") and hasattr(kind, "weights"):
        weights = [str(_as_tuple(weight.shape)) for weight in value.weights]  # type: ignore[attr-defined]
        return f"output {_output_shape(value)}, weights {', '.join(weights) or 'none'}"
    return ""


def _output_shape(layer: object) -> str:
    try:
        return str(layer.output_shape)  # type: ignore[attr-defined]
    except BaseException:
        pass
    try:
        # What a layer of the guide itself does here may be anything.
        if type(layer).__module__.startswith("keras.src.layers."):
            return str(layer.compute_output_shape(*layer._build_shapes_dict.values()))  # type: ignore[attr-defined]  # noqa: SLF001
    except BaseException:
        pass
    return "of no shape yet"


def _as_tuple(shape: object) -> object:
    as_list = getattr(shape, "as_list", None)
    return tuple(as_list()) if as_list is not None else shape


# `cards.python.bindings` is not importable where this runs, and its builtins are not protected; a test holds
# both to the same answers.
def bound_names(statement: ast.stmt) -> tuple[str, ...]:
    """Return the names that a top-level statement may bind, in order, without those inside functions."""
    names: dict[str, None] = {}
    pending: list[ast.AST] = [statement]
    while pending:
        node = pending.pop(0)
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            names[node.name] = None
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names[node.id] = None
        elif isinstance(node, ast.alias):
            names[(node.asname or node.name).split(".")[0]] = None
        elif isinstance(node, (ast.ExceptHandler, ast.MatchAs, ast.MatchStar)) and node.name:
            names[node.name] = None
        elif isinstance(node, ast.MatchMapping) and node.rest:
            names[node.rest] = None
        pending.extend(_children_in_scope(node))
    return tuple(name for name in names if name != "*")


def _children_in_scope(node: ast.AST) -> list[ast.AST]:
    """Return the children that are evaluated in the node's own scope: of a function no part of its body."""
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
        return [*node.decorator_list, node.args, *([node.returns] if node.returns else [])]
    if isinstance(node, ast.ClassDef):
        return [*node.decorator_list, *node.bases, *node.keywords]
    if isinstance(node, ast.Lambda):
        return [node.args]
    if isinstance(node, ast.comprehension):
        return [node.iter, *node.ifs]
    if isinstance(node, ast.AnnAssign) and node.value is None and isinstance(node.target, ast.Name):
        return [node.annotation]
    return list(ast.iter_child_nodes(node))
