"""Find the names that code binds surely, perhaps or in an inner scope, and those it defines for others.

`cards.prove.process.describe` has a reader of its own, as it runs where this package is not importable.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from cards.python.imports import import_bindings
from cards.python.syntax import DEFINITIONS, remembered_of_tree, tree_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_TYPE_PARAMETERS = tuple(
    getattr(ast, name) for name in ("TypeVar", "ParamSpec", "TypeVarTuple") if hasattr(ast, name)
)
"""Their nodes; Python 3.11 has none."""
_ASSIGNMENTS = tuple(
    getattr(ast, name) for name in ("Assign", "AnnAssign", "TypeAlias") if hasattr(ast, name)
)
"""The statements that give a name a value; Python 3.11 has no type alias."""


@remembered_of_tree
def bound_names(node: ast.AST) -> frozenset[str]:
    """Return the names that a statement may bind in its own scope, not those inside its functions.

    A name that an `except` binds is among them, although Python deletes it afterwards.
    """
    return frozenset(_bindings(node))


@remembered_of_tree
def surely_bound_names(node: ast.AST) -> frozenset[str]:
    """Return the names that a statement binds whichever branch is taken, and if no loop is entered."""
    match node:
        case ast.If(test=test, body=body, orelse=orelse):
            return surely_bound_names(test) | (_surely_bound_in(body) & _surely_bound_in(orelse))
        case (
            ast.While(test=first) | ast.For(iter=first) | ast.AsyncFor(iter=first) | ast.Match(subject=first)
        ):
            return surely_bound_names(first)
        case ast.Try(finalbody=last) | ast.TryStar(finalbody=last):
            return _surely_bound_in(last)
        case ast.With(items=items, body=body) | ast.AsyncWith(items=items, body=body):
            return _surely_bound_in([*items, *body])
        case ast.BoolOp(values=[first, *_]) | ast.IfExp(test=first):
            return surely_bound_names(first)
        case ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
            return frozenset()
        case _:
            return frozenset(_names_bound_at(node)) | _surely_bound_in(_children_in_scope(node))


@remembered_of_tree
def names_bound_within(node: ast.AST) -> frozenset[str]:
    """Return the names that are local to a node or to a scope in it: parameters and loop variables too.

    What a function declares as `global` is not among them, nor the `nonlocal` names of a function outside.
    """
    return frozenset(_names_bound_at(node)) | _bound_below(node)


def names_bound_in(source: str) -> frozenset[str]:
    """Return the names that the top-level statements of code may bind; none where it does not parse."""
    tree = tree_of(source)
    return bound_names(tree) if tree else frozenset()


def defined_names(node: ast.AST) -> tuple[str, ...]:
    """Return the names that code defines at its top level for others, in order.

    Functions, classes and assigned names: no imports, no loop variables, nothing that begins with `_`.
    """
    statements = node.body if isinstance(node, ast.Module) else [node]
    names = (
        name
        for statement in statements
        if isinstance(statement, (*DEFINITIONS, *_ASSIGNMENTS))
        for name in _bindings(statement)
    )
    return tuple(name for name in dict.fromkeys(names) if not name.startswith("_"))


def names_defined_in(source: str) -> tuple[str, ...]:
    """Return the names that code defines at its top level for others; none where it does not parse."""
    tree = tree_of(source)
    return defined_names(tree) if tree else ()


def _bindings(node: ast.AST) -> Iterator[str]:
    """Yield the names that a node may bind in its own scope, in the order of the code."""
    pending = [node]  # No recursion: a sum of a thousand numbers is a thousand deep.
    while pending:
        inner = pending.pop()
        yield from _names_bound_at(inner)
        pending += reversed(_children_in_scope(inner))


def _names_bound_at(node: ast.AST) -> Iterator[str]:
    """Yield the names that this one node binds, whatever its children bind."""
    match node:
        case ast.Name(id=name, ctx=ast.Store()):
            yield name
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            yield name
        case (
            ast.ExceptHandler(name=str(name))
            | ast.MatchAs(name=str(name))
            | ast.MatchStar(name=str(name))
            | ast.MatchMapping(rest=str(name))
        ):
            yield name
        case _:
            yield from import_bindings(node)


def _children_in_scope(node: ast.AST) -> Sequence[ast.AST]:
    """Return the child nodes that are evaluated in the node's own scope; a function's body is not."""
    match node:
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            return [*node.decorator_list, node.args, *([node.returns] if node.returns else [])]
        case ast.ClassDef():
            return [*node.decorator_list, *node.bases, *node.keywords]
        case ast.Lambda(args=arguments):
            return [arguments]
        case ast.comprehension():  # A walrus in a comprehension binds outside it, its loop variable does not.
            return [node.iter, *node.ifs]
        case ast.AnnAssign(target=ast.Name(), value=None):  # `x: int` binds nothing.
            return [node.annotation]
        case _:
            return list(ast.iter_child_nodes(node))


def _surely_bound_in(nodes: Sequence[ast.AST]) -> frozenset[str]:
    return frozenset().union(*map(surely_bound_names, nodes))


def _bound_below(node: ast.AST) -> frozenset[str]:
    names: set[str] = set()
    elsewhere: set[str] = set()
    nested: set[str] = set()
    pending = list(ast.iter_child_nodes(node))
    while pending:
        inner = pending.pop()
        names.update(_names_bound_at(inner))
        match inner:
            case ast.arg(arg=name):
                names.add(name)
            case ast.Global(names=declared) | ast.Nonlocal(names=declared):
                elsewhere.update(declared)
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef() | ast.Lambda():
                nested |= _bound_below(inner)
                continue
            case _ if isinstance(inner, _TYPE_PARAMETERS):
                names.add(inner.name)
            case _:
                pass
        pending += ast.iter_child_nodes(inner)
    return frozenset((names - elsewhere) | nested)
