"""What can be said about a value without changing it: its text, shape, dtype and type."""

# ruff: noqa: BLE001, S110 - guide code may raise anything

from __future__ import annotations

import ast
import builtins
from types import ModuleType
from typing import TYPE_CHECKING

# Functions defined below see these builtins, whatever guide code does to the real ones.
globals()["__builtins__"] = dict(vars(builtins))

if TYPE_CHECKING:
    from typing import Any

    from cards.prove.record import Plain

_TEXT_LENGTH = 2000
_MOST_NUMBERS = 20_000
_FEW = 12


def look(value: object) -> dict[str, Plain]:
    """Describe a value; asking it for its text may run guide code."""
    found: dict[str, Plain] = {"type": type(value).__name__}
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
                found[name] = str(getattr(part, "name", part) if name == "dtype" else _shape(part))[:200]
        except BaseException:
            pass
    try:
        if numbers := _probe(value):
            found["numbers"] = numbers
    except BaseException:
        pass
    return found


def _probe(value: object) -> list[Plain]:
    """Return the numbers of a tensor or an array: a few of them, then two sums that tell apart the rest."""
    array = getattr(value, "numpy", None)
    found: Any = array() if callable(array) and not isinstance(value, type) else value
    if type(found).__module__ != "numpy" or getattr(getattr(found, "dtype", None), "kind", "") not in "biuf":
        return []
    flat = [float(number) for number in found.reshape(-1)[:_MOST_NUMBERS]]
    step = max(1, len(flat) // _FEW)
    weighted = sum(number * (1 + place % 7) for place, number in enumerate(flat))
    return [*flat[::step][:_FEW], sum(flat), weighted, float(found.size)]


def _shape(shape: object) -> object:
    as_list = getattr(shape, "as_list", None)
    return tuple(as_list()) if as_list is not None else shape


def bound_names(statement: ast.stmt) -> tuple[str, ...]:
    """Return the names that a top-level statement binds, in order, without those inside functions."""
    names: dict[str, None] = {}
    pending: list[ast.AST] = [statement]
    while pending:
        node = pending.pop(0)
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            names[node.name] = None
            continue
        if isinstance(node, (ast.Lambda, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)):
            continue
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names[node.id] = None
        elif isinstance(node, ast.alias):
            names[(node.asname or node.name).split(".")[0]] = None
        elif isinstance(node, ast.ExceptHandler) and node.name:
            names[node.name] = None
        pending.extend(ast.iter_child_nodes(node))
    return tuple(name for name in names if name != "*")
