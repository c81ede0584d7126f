"""Find the names that code reads and calls, and those that it takes from outside."""

from __future__ import annotations

import ast
import builtins
from typing import TYPE_CHECKING

from cards.python.bindings import bound_names, names_bound_within
from cards.python.imports import imported_names
from cards.python.syntax import DEFINITIONS, called_name, nodes_in, remembered_of_tree, tree_of

if TYPE_CHECKING:
    from collections.abc import Iterator

CONVENTIONAL_IMPORTS = {
    "tf": "import tensorflow as tf",
    "np": "import numpy as np",
    "keras": "import keras",
    "layers": "from keras import layers",
}
"""The imports that a TensorFlow programmer supplies, by the name that each binds."""
CONVENTIONAL_NAMES = frozenset(CONVENTIONAL_IMPORTS)
"""Names that a TensorFlow programmer reads without their import."""
BUILTIN_NAMES = frozenset(dir(builtins))

_COMPOUND = (
    *(ast.For, ast.AsyncFor, ast.While, ast.If, ast.Try, ast.TryStar, ast.Match),
    *(ast.With, ast.AsyncWith),
)


@remembered_of_tree
def names_read(node: ast.AST) -> frozenset[str]:
    """Return all names that code reads, anywhere in it; `total += 1` reads `total`."""
    return frozenset(name for inner in nodes_in(node) for name in _names_read_at(inner))


def names_read_in(source: str) -> frozenset[str]:
    """Return all names that code reads, anywhere in it; none where it does not parse."""
    tree = tree_of(source)
    return names_read(tree) if tree else frozenset()


def names_used(node: ast.AST) -> frozenset[str]:
    """Return all names that code reads or binds, anywhere in it, without imports that it never reads."""
    return names_read(node) | (names_bound_within(node) - imported_names(node))


@remembered_of_tree
def free_names(tree: ast.AST) -> frozenset[str]:
    """Return the names that code reads or deletes and that no statement of it before may have bound.

    What a function or a compound statement binds anywhere in itself counts as bound wherever it reads it, as
    the order inside is not looked at; what such a statement only adds to (`total += 1`) must exist before.
    """
    free: set[str] = set()
    bound: set[str] = set()
    for node in tree.body if isinstance(tree, ast.Module) else [tree]:
        own = bound_names(node)
        inside = names_bound_within(node)
        if not isinstance(node, (*DEFINITIONS, *_COMPOUND)):
            inside -= own - _walrus_names(node)
        free |= (names_read(node) | _deleted_names(node)) - bound - inside
        if not isinstance(node, DEFINITIONS):
            free |= _augmented_names(node) - bound
        bound |= own
    return frozenset(free)


def free_names_in(source: str) -> frozenset[str]:
    """Return the names that code takes from outside; none where it does not parse."""
    tree = tree_of(source)
    return free_names(tree) if tree else frozenset()


@remembered_of_tree
def called_names(node: ast.AST) -> frozenset[str]:
    """Return the last names of the functions and methods that code calls, anywhere in it."""
    calls = (inner for inner in nodes_in(node) if isinstance(inner, ast.Call))
    return frozenset(called_name(call.func) for call in calls) - {""}


@remembered_of_tree
def attribute_owners(tree: ast.AST) -> frozenset[str]:
    """Return the names of which an attribute is read, set or deleted: `a` of `a.b`."""
    return frozenset(
        node.value.id
        for node in nodes_in(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
    )


def _names_read_at(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Name(id=name, ctx=ast.Load()) | ast.AugAssign(target=ast.Name(id=name)):
            yield name
        case _:
            pass


def _walrus_names(node: ast.AST) -> set[str]:
    return {inner.target.id for inner in nodes_in(node) if isinstance(inner, ast.NamedExpr)}


def _deleted_names(node: ast.AST) -> set[str]:
    return {
        inner.id for inner in nodes_in(node) if isinstance(inner, ast.Name) and isinstance(inner.ctx, ast.Del)
    }


def _augmented_names(node: ast.AST) -> set[str]:
    """Return the names that a statement adds to, outside its functions and classes."""
    names: set[str] = set()
    pending = [node]
    while pending:
        inner = pending.pop()
        match inner:
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                continue
            case ast.AugAssign(target=ast.Name(id=name)):
                names.add(name)
            case _:
                pass
        pending += ast.iter_child_nodes(inner)
    return names
