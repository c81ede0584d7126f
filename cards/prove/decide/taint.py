"""Finds which statements of a program depend on stand-ins: data and objects made up so that its code runs."""

from __future__ import annotations

import ast
from fnmatch import fnmatch
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from cards.program.snippet import SnippetRole
from cards.python.bindings import bound_names
from cards.python.effects import touched_names
from cards.python.imports import imported_names
from cards.python.reads import names_read
from cards.python.syntax import DEFINITIONS, tree_of
from cards.regex import regex

if TYPE_CHECKING:
    from cards.program.program import Program
    from cards.program.snippet import Snippet

_PATH = regex(r"[\w./*-]*(?:\w/[\w.*-]+|[\w*]\.[a-z]\w{1,9})")


class Taint(NamedTuple):
    """The stand-ins that one top-level statement depends on, directly or through other names."""

    first: int
    """Its line within the snippet, from 1."""
    stand_ins: tuple[str, ...]
    """The names, or the files, that are made up."""
    calls: tuple[str, ...]
    """Those among them that are functions, whose doing is made up."""


@lru_cache(maxsize=4)
def taints_of(program: Program) -> tuple[tuple[Taint, ...], ...]:
    """Return the taints of each snippet's statements, in order."""
    modules = frozenset(name for snippet in program.snippets for name in _imported_names(snippet))
    origins: dict[str, frozenset[str]] = {}
    files: list[str] = []
    functions: set[str] = set()
    found: list[tuple[Taint, ...]] = []
    for snippet in program.snippets:
        if snippet.role is SnippetRole.STAND_IN:
            here = _provided_by(snippet)
            files += here.files
            functions |= here.functions
            origins |= {name: frozenset({name}) for name in here.names}
            found.append(())
        else:
            found.append(tuple(_taints_in(snippet, origins, files, functions, modules)))
    return tuple(found)


def stand_in_names(taints: tuple[Taint, ...]) -> tuple[str, ...]:
    """Return the names of all stand-ins that taints tell of, in the order of their use."""
    return tuple(dict.fromkeys(name for each in taints for name in each.stand_ins))


class _Provided(NamedTuple):
    names: frozenset[str]
    files: tuple[str, ...]
    functions: frozenset[str]


def _provided_by(snippet: Snippet) -> _Provided:
    """Return the public names that a stand-in binds or, where there are none, the files that it writes."""
    tree = tree_of(snippet.source)
    body = tree.body if tree else []
    bound = {name for each in body for name in bound_names(each)} - _imported_names(snippet)
    public = frozenset(name for name in bound if not name.startswith("_"))
    functions = frozenset(each.name for each in body if isinstance(each, ast.FunctionDef)) & public
    return _Provided(public, () if public or tree is None else tuple(_paths(tree)), functions)


def _imported_names(snippet: Snippet) -> frozenset[str]:
    tree = tree_of(snippet.source)
    return imported_names(tree) if tree else frozenset()


def _taints_in(
    snippet: Snippet,
    origins: dict[str, frozenset[str]],
    files: list[str],
    functions: set[str],
    modules: frozenset[str],
) -> list[Taint]:
    """Return a snippet's taints; `origins` is updated with the names that it binds and changes."""
    tree = tree_of(snippet.source)
    found = []
    for statement in tree.body if tree else ():
        used = names_read(statement)
        file_paths = [path for path in _paths(statement) if any(fnmatch(file, path) for file in files)]
        sources = frozenset().union(*(origins.get(name, frozenset()) for name in used), file_paths)
        bound = bound_names(statement)
        if isinstance(statement, (ast.Assign, ast.Import, ast.ImportFrom, *DEFINITIONS)):
            origins |= dict.fromkeys(bound, sources)
        else:
            origins |= {name: origins.get(name, frozenset()) | sources for name in bound}
        # `model.fit(X_train)` and `table[0] = X_train` change what a name stands for.
        changed = touched_names(statement) - bound - modules
        origins |= {name: origins.get(name, frozenset()) | sources for name in changed if sources}
        if sources:
            calls = tuple(sorted(name for name in used & functions if name in origins.get(name, ())))
            found.append(Taint(statement.lineno, tuple(sorted(sources)), calls))
    return found


def _paths(tree: ast.AST) -> list[str]:
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and _PATH.fullmatch(node.value)
    ]
