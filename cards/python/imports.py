"""Find the packages that code imports, and the names that its imports bind."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from cards.python.syntax import nodes_in

if TYPE_CHECKING:
    from collections.abc import Iterator


def imported_packages(tree: ast.AST) -> frozenset[str]:
    """Return the packages that code imports anywhere: `tensorflow` of `import tensorflow.keras as k`."""
    packages: set[str] = set()
    for node in nodes_in(tree):
        match node:
            case ast.Import(names=aliases):
                packages |= {alias.name.partition(".")[0] for alias in aliases}
            case ast.ImportFrom(module=str(module), level=0):
                packages.add(module.partition(".")[0])
            case _:
                pass
    return frozenset(packages)


def imported_names(tree: ast.AST) -> frozenset[str]:
    """Return the names that imports anywhere in the code bind; of a star import none is known."""
    return frozenset(name for node in nodes_in(tree) for name in import_bindings(node))


def import_bindings(node: ast.AST) -> Iterator[str]:
    """Yield the names that an import binds, in order: `a` of `import a.b`, `c` of `import a.b as c`."""
    if isinstance(node, ast.Import | ast.ImportFrom):
        for alias in node.names:
            if alias.name != "*":
                yield alias.asname or alias.name.partition(".")[0]


def import_origins(node: ast.AST) -> dict[str, str]:
    """Return the module that each name of an import comes from: `{"n": "m"}` for `from m import n`.

    Nothing is returned for a relative import without a module, and for anything but an import.
    """
    match node:
        case ast.Import(names=aliases):
            return dict(zip(import_bindings(node), (alias.name for alias in aliases), strict=True))
        case ast.ImportFrom(module=str(module)):
            return dict.fromkeys(import_bindings(node), module)
        case _:
            return {}
