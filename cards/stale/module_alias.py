"""Follow the names of TensorFlow, Keras and NumPy through imports and assignments."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from cards.python.imports import import_bindings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_ROOTS = {"tensorflow": "tf", "keras": "keras", "numpy": "np"}
_CONVENTIONS = {"tf": "tf", "keras": "keras", "np": "np"}
"""What a page means that leaves its imports out."""


def module_aliases(trees: Sequence[ast.Module]) -> dict[str, str]:
    """Return what each name of a program stands for: `{"layers": "tf.keras.layers"}`.

    A name that stands for several things is left out: it is not known which.
    """
    meanings: dict[str, set[str]] = {}
    nodes = [node for tree in trees for node in ast.walk(tree)]
    for node in nodes:
        for name, meaning in _imported(node):
            meanings.setdefault(name, set()).add(meaning)
    for name, meaning in _CONVENTIONS.items():
        meanings.setdefault(name, {meaning})
    for node in nodes:
        if isinstance(node, ast.Assign):
            _add_assigned(node, meanings)
    return _certain(meanings)


def _add_assigned(node: ast.Assign, meanings: dict[str, set[str]]) -> None:
    """Add what an assignment makes its names stand for; empty for what is no module."""
    value = dotted_name(node.value, _certain(meanings))
    for target in node.targets:
        if isinstance(target, ast.Name) and (value or target.id in meanings):
            meanings.setdefault(target.id, set()).add(value)


def _certain(meanings: Mapping[str, set[str]]) -> dict[str, str]:
    only = {name: next(iter(found)) for name, found in meanings.items() if len(found) == 1}
    return {name: meaning for name, meaning in only.items() if meaning}


def dotted_name(node: ast.AST, aliases: Mapping[str, str]) -> str:
    """Return the name that an expression spells, from its module on; empty for anything else."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    if not isinstance(node, ast.Name) or node.id not in aliases:
        return ""
    return ".".join([aliases[node.id], *reversed(parts)])


def table_name(name: str) -> str:
    """Return a name as it is written for both, `tf.keras` and `keras`."""
    return f"tf.{name}" if name.startswith("keras.") else name


def _imported(node: ast.AST) -> Iterator[tuple[str, str]]:
    """Yield the names that an import binds, each with what it stands for; empty for other libraries."""
    match node:
        case ast.Import(names=aliases):
            for name, alias in zip(import_bindings(node), aliases, strict=True):
                module = alias.name if alias.asname else alias.name.partition(".")[0]
                yield name, _public_name(module)
        case ast.ImportFrom(module=str(module), level=0, names=aliases):
            for alias in aliases:
                if alias.name != "*":
                    yield alias.asname or alias.name, _public_name(f"{module}.{alias.name}")
        case _:
            pass


def _public_name(module: str) -> str:
    first, dot, rest = module.partition(".")
    return f"{_ROOTS[first]}{dot}{rest}" if first in _ROOTS else ""
