"""Names in Python code: which a statement binds, reads and calls."""

from __future__ import annotations

import ast
import builtins
from typing import TYPE_CHECKING, TypeAlias

from cards.python.syntax import symbol_table_of

if TYPE_CHECKING:
    from collections.abc import Iterator

CONVENTIONAL_NAMES = frozenset({"tf", "np", "keras", "layers"})
"""Names that a TensorFlow programmer reads without their import."""
BUILTIN_NAMES = frozenset(dir(builtins))
Definition: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef

_SCOPES = (
    ast.FunctionDef,
    ast.AsyncFunctionDef,
    ast.ClassDef,
    ast.Lambda,
    ast.ListComp,
    ast.SetComp,
    ast.DictComp,
    ast.GeneratorExp,
)
_BRANCHING = (ast.For, ast.AsyncFor, ast.While, ast.If, ast.Try, ast.Match)
_COMPOUND = (*_BRANCHING, ast.With, ast.AsyncWith)


def bound_names(node: ast.AST) -> set[str]:
    """Return the names that a statement binds where it stands, not those within its functions."""
    names: set[str] = set()
    for inner in _walk_scope(node):
        match inner:
            case ast.Name(id=name, ctx=ast.Store()) | ast.ExceptHandler(name=str(name)):
                names.add(name)
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                names.add(name)
            case ast.Import(names=aliases) | ast.ImportFrom(names=aliases):
                names |= {(alias.asname or alias.name).partition(".")[0] for alias in aliases}
            case _:
                pass
    return names


def always_bound_names(node: ast.AST) -> set[str]:
    """Return the names that a statement binds whatever happens; a branch may not be taken."""
    return set() if isinstance(node, _BRANCHING) else bound_names(node)


def names_bound_within(node: ast.AST) -> set[str]:
    """Return the names that are bound anywhere within a node, parameters and loop variables included."""
    names: set[str] = set()
    for inner in ast.walk(node):
        names |= bound_names(inner) if isinstance(inner, ast.stmt | ast.ExceptHandler) else set()
        match inner:
            case ast.arg(arg=name) | ast.Name(id=name, ctx=ast.Store()):
                names.add(name)
            case _:
                pass
    return names


def free_names(tree: ast.AST) -> set[str]:
    """Return the names that are read and not certainly bound first."""
    body = tree.body if isinstance(tree, ast.Module) else [tree]
    free: set[str] = set()
    bound: set[str] = set()
    for node in body:
        read: set[str] = set()
        added_to: set[str] = set()
        for inner in ast.walk(node):
            match inner:
                case ast.Name(id=name, ctx=ast.Load()):
                    read.add(name)
                case ast.AugAssign(target=ast.Name(id=name)):
                    added_to.add(name)
                case _:
                    pass
        own = bound_names(node)
        inside = names_bound_within(node) - (set() if isinstance(node, (*_SCOPES, *_COMPOUND)) else own)
        free |= read - bound - inside
        free |= set() if isinstance(node, _SCOPES) else added_to - bound
        bound |= own
    return free


def called_names(node: ast.AST) -> set[str]:
    """Return the names of the functions and methods that are called."""
    names: set[str] = set()
    for inner in ast.walk(node):
        match inner:
            case ast.Call(func=ast.Name(id=name)) | ast.Call(func=ast.Attribute(attr=name)):
                names.add(name)
            case _:
                pass
    return names


def unresolved_names(source: str) -> set[str]:
    """Return the names that a whole program reads and never binds."""
    top = symbol_table_of(source)
    if top is None:
        return set()
    bound = {
        symbol.get_name() for symbol in top.get_symbols() if symbol.is_assigned() or symbol.is_imported()
    }
    read: set[str] = set()
    tables = [top]
    while tables:
        table = tables.pop()
        tables += table.get_children()
        read |= {
            symbol.get_name()
            for symbol in table.get_symbols()
            if symbol.is_referenced() and (symbol.is_global() or table is top)
        }
    return read - bound - BUILTIN_NAMES - CONVENTIONAL_NAMES - {"__name__", "__file__", "__doc__"}


def _walk_scope(node: ast.AST) -> Iterator[ast.AST]:
    """Yield a node and what is in it, without what has a scope of its own."""
    yield node
    if not isinstance(node, _SCOPES):
        for child in ast.iter_child_nodes(node):
            yield from _walk_scope(child)
