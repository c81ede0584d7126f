"""What a program owes to stand-ins: data and objects that were made up so that its code can run."""

from __future__ import annotations

import ast
import re
from fnmatch import fnmatch
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from cards.program.snippet import Role
from cards.python import unbound
from cards.python.syntax import tree_of

if TYPE_CHECKING:
    from cards.program.program import Program
    from cards.program.snippet import Snippet

_IMPORTS = (ast.Import, ast.ImportFrom)
_PATH = re.compile(r"[\w./*-]*(?:\w/[\w.*-]+|[\w*]\.[a-z]\w{1,9})")


class Leaning(NamedTuple):
    """What one top-level statement takes from stand-ins, directly or through other names."""

    first: int
    """Its line within the snippet, from 1."""
    stand_ins: tuple[str, ...]
    """The names, or the files, that are made up."""
    calls: tuple[str, ...]
    """Those among them that are functions, whose doing is made up."""


@lru_cache(maxsize=4)
def leanings(program: Program) -> tuple[tuple[Leaning, ...], ...]:
    """Return for each snippet the statements that lean on stand-ins, in order."""
    modules = frozenset(name for snippet in program.snippets for name in _imported(snippet))
    origins: dict[str, frozenset[str]] = {}
    files: list[str] = []
    functions: set[str] = set()
    found: list[tuple[Leaning, ...]] = []
    for snippet in program.snippets:
        if snippet.role is Role.STAND_IN:
            here = _made_up(snippet)
            files += here.files
            functions |= here.functions
            origins |= {name: frozenset({name}) for name in here.names}
            found.append(())
        else:
            found.append(tuple(_follow(snippet, origins, files, functions, modules)))
    return tuple(found)


def stand_ins(leaning: tuple[Leaning, ...]) -> tuple[str, ...]:
    """Return all stand-ins of a snippet, in the order of their use."""
    return tuple(dict.fromkeys(name for each in leaning for name in each.stand_ins))


class _MadeUp(NamedTuple):
    names: frozenset[str]
    files: tuple[str, ...]
    functions: frozenset[str]


def _made_up(snippet: Snippet) -> _MadeUp:
    """Return what a stand-in provides: its public names, or, where it has none, the files it writes."""
    tree = tree_of(snippet.source)
    body = tree.body if tree else []
    bound = {name for each in body for name in unbound.bound_by(each)} - _imported(snippet)
    public = frozenset(name for name in bound if not name.startswith("_"))
    functions = frozenset(each.name for each in body if isinstance(each, ast.FunctionDef)) & public
    return _MadeUp(public, () if public or tree is None else tuple(_paths(tree)), functions)


def _imported(snippet: Snippet) -> frozenset[str]:
    tree = tree_of(snippet.source)
    imports = (each for each in ast.walk(tree) if isinstance(each, _IMPORTS)) if tree else ()
    return frozenset(name for each in imports for name in unbound.bound_by(each))


def _follow(
    snippet: Snippet,
    origins: dict[str, frozenset[str]],
    files: list[str],
    functions: set[str],
    modules: frozenset[str],
) -> list[Leaning]:
    """Return the statements that lean on stand-ins; `origins` takes over what they bind and change."""
    tree = tree_of(snippet.source)
    found = []
    for statement in tree.body if tree else ():
        used = unbound.used_by(statement)
        asked = [path for path in _paths(statement) if any(fnmatch(file, path) for file in files)]
        taken = frozenset().union(*(origins.get(name, frozenset()) for name in used), asked)
        bound = unbound.bound_by(statement)
        if isinstance(statement, (ast.Assign, *_IMPORTS, ast.FunctionDef, ast.ClassDef)):
            origins |= dict.fromkeys(bound, taken)
        else:
            origins |= {name: origins.get(name, frozenset()) | taken for name in bound}
        # `model.fit(X_train)` and `table[0] = X_train` change what a name stands for.
        changed = _changed(statement) - bound - modules
        origins |= {name: origins.get(name, frozenset()) | taken for name in changed if taken}
        if taken:
            calls = tuple(sorted(name for name in used & functions if name in origins.get(name, ())))
            found.append(Leaning(statement.lineno, tuple(sorted(taken)), calls))
    return found


def _paths(tree: ast.AST) -> list[str]:
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and _PATH.fullmatch(node.value)
    ]


def _changed(statement: ast.stmt) -> frozenset[str]:
    """Return the names whose objects a statement may change: by a method, an attribute or an item."""
    roots = set()
    for node in ast.walk(statement):
        match node:
            case ast.Call(func=ast.Attribute(value=inner)):
                roots.add(_root(inner))
            case ast.Attribute(value=inner, ctx=ast.Store()) | ast.Subscript(value=inner, ctx=ast.Store()):
                roots.add(_root(inner))
            case _:
                pass
    return frozenset(roots - {""})


def _root(node: ast.expr) -> str:
    while isinstance(node, (ast.Attribute, ast.Subscript)):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""
