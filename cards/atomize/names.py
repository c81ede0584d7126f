"""Names in Python code: which a statement reads, binds, calls or may change."""

from __future__ import annotations

import ast
import builtins
import symtable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

CONVENTIONAL = frozenset({"tf", "np", "keras", "layers"})
"""Names that a TensorFlow programmer reads without their import."""
_LOOKS = frozenset(
    {"numpy", "count_params", "summary", "get_config", "get_weights", "as_list", "tolist", "keys", "items"}
    | {"save", "export", "predict", "evaluate"}
)
"""Methods that leave their object as it was."""
_BUILTINS = frozenset(dir(builtins))
_TAKES_AWAY = frozenset({"next", "setattr", "delattr", "exec"})


def bound_names(nodes: Sequence[ast.stmt]) -> set[str]:
    """Return the names that the statements bind."""
    names: set[str] = set()
    for node in nodes:
        for inner in ast.walk(node):
            match inner:
                case ast.Name(id=name, ctx=ast.Store()):
                    names.add(name)
                case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                    names.add(name)
                case ast.Import(names=aliases) | ast.ImportFrom(names=aliases):
                    names |= {(alias.asname or alias.name).partition(".")[0] for alias in aliases}
                case _:
                    pass
    return names


def free_names(tree: ast.AST) -> set[str]:
    """Return the names that are read and not certainly bound first."""
    body = tree.body if isinstance(tree, ast.Module) else [tree]
    free: set[str] = set()
    bound: set[str] = set()
    for node in body:
        read = {
            inner.id
            for inner in ast.walk(node)
            if isinstance(inner, ast.Name) and isinstance(inner.ctx, ast.Load)
        }
        added_to = {
            inner.target.id
            for inner in ast.walk(node)
            if isinstance(inner, ast.AugAssign) and isinstance(inner.target, ast.Name)
        }
        inside = {inner.arg for inner in ast.walk(node) if isinstance(inner, ast.arg)} | _comprehended(node)
        own = bound_names([node]) if isinstance(node, ast.stmt) else set()
        compound = isinstance(
            node, ast.FunctionDef | ast.ClassDef | ast.For | ast.With | ast.Try | ast.If | ast.While
        )
        inner_scope = isinstance(node, ast.FunctionDef | ast.ClassDef)
        free |= read - bound - inside - (own if compound else set())
        free |= set() if inner_scope else added_to - bound
        bound |= own
    return free


def _comprehended(node: ast.AST) -> set[str]:
    """Return the loop variables of comprehensions, which live only inside them."""
    loops = [inner.target for inner in ast.walk(node) if isinstance(inner, ast.comprehension)]
    return {name.id for target in loops for name in ast.walk(target) if isinstance(name, ast.Name)}


def unseen_names(source: str) -> set[str]:
    """Return the names that a whole program reads and never binds."""
    try:
        top = symtable.symtable(source, "guide", "exec")
    except (SyntaxError, ValueError):
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
    return read - bound - _BUILTINS - CONVENTIONAL - {"__name__", "__file__", "__doc__"}


def printing_names(statements: Sequence[ast.stmt]) -> set[str]:
    """Return the names whose call prints: `print`, and the functions and classes that call it."""
    return {"print"} | {
        node.name
        for node in statements
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and "print" in called_names(node)
    }


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


def changed_names(node: ast.stmt) -> set[str]:
    """Return the names whose objects a statement may leave different."""
    changed: set[str] = set()
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return changed
    for inner in ast.walk(node):
        match inner:
            case ast.Attribute(ctx=ast.Store() | ast.Del()) | ast.Subscript(ctx=ast.Store() | ast.Del()):
                changed.add(_root(inner))
            case ast.Call(func=ast.Attribute(attr=method)) if method in _LOOKS:
                pass
            case ast.Call(func=called, args=args):
                root = _root(called)
                changed.add(root)
                if root not in CONVENTIONAL and (root not in _BUILTINS or root in _TAKES_AWAY):
                    changed |= {_root(argument) for argument in args}
            case _:
                pass
    return changed


def _root(node: ast.expr) -> str:
    """Return the name at the start of `name.attribute[0].method`."""
    while not isinstance(node, ast.Name):
        match node:
            case ast.Attribute(value=inner) | ast.Subscript(value=inner) | ast.Call(func=inner):
                node = inner
            case _:
                return ""
    return node.id
