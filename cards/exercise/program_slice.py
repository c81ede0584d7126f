"""Finds the earlier snippets of a program that one of its snippets does not build on."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from cards.program.snippet import RunDirectives
from cards.python.bindings import names_bound_in
from cards.python.global_state import LibraryNames, settings_of, writes_files
from cards.python.imports import imported_names
from cards.python.reads import BUILTIN_NAMES, free_names_in, names_used
from cards.python.syntax import DEFINITIONS, tree_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cards.program.program import Program
    from cards.program.snippet import Snippet


class ProgramSlice(NamedTuple):
    """A program without the earlier snippets that one of its snippets does not hang on."""

    program: Program
    position: int
    """Of that snippet."""


@lru_cache(maxsize=8192)
def slice_of(program: Program, position: int) -> ProgramSlice:
    """Return the program without what cannot change what the snippet at `position` does.

    That is, earlier snippets that it does not build on, unless they set something for all code after them,
    write files, or are run in a way of their own.
    """
    apart = {place for place in unrelated_snippets(program, position) if not _acts_from_afar(program, place)}
    if not apart:
        return ProgramSlice(program, position)
    kept = tuple(each for place, each in enumerate(program.snippets) if place not in apart)
    return ProgramSlice(replace(program, snippets=kept), position - len(apart))


def _acts_from_afar(program: Program, position: int) -> bool:
    """Tell whether a snippet may change what others do that share no name with it."""
    snippet = program.snippets[position]
    return snippet.directives != RunDirectives() or _sets_or_writes(program, position)


def _sets_or_writes(program: Program, position: int) -> bool:
    """Tell whether a snippet may set something for all code after it, or write a file."""
    directives = program.snippets[position].directives
    tree = tree_of(program.snippets[position].source)
    if tree is None or directives.env or directives.seed is not None:
        return True
    trees = [known for each in program.snippets[: position + 1] if (known := tree_of(each.source))]
    statements = [node for known in trees for node in known.body]
    definitions = {node.name: node for node in statements if isinstance(node, DEFINITIONS)}
    libraries = LibraryNames.of(statements, definitions)
    return any(settings_of(node, libraries) or writes_files(node) for node in tree.body)


def unrelated_snippets(program: Program, position: int) -> frozenset[int]:
    """Return the earlier snippets that a snippet does not build on, directly or by way of others.

    One builds on another if it needs its imports or shares a name of its own with it: a name that the other
    only reads may stand for what it changes (`model.fit()`).
    """
    everywhere = BUILTIN_NAMES.union(*(_imported_names(snippet) for snippet in program.snippets))
    used = set(_names_in(program.snippets[position]))
    unrelated = set()
    for earlier in range(position - 1, -1, -1):
        snippet = program.snippets[earlier]
        names = _names_in(snippet)
        if _imported_names(snippet) & used or names & used - everywhere:
            used |= names
        else:
            unrelated.add(earlier)
    return frozenset(unrelated)


def snippets_apart(program: Program, position: int, names: Iterable[str]) -> frozenset[int]:
    """Return the earlier snippets that neither a snippet nor other code in its place takes anything from.

    The other code reads the `names`. Beside `unrelated_snippets` those are among them that share no more than
    the names of parameters, loops and other variables that each of the two binds for itself.
    """
    unrelated = unrelated_snippets(program, position)
    everywhere = BUILTIN_NAMES.union(*(_imported_names(snippet) for snippet in program.snippets))
    read = set(names).union(*(free_names_in(snippet.source) for snippet in program.snippets[position:]))
    apart = set(unrelated)
    for earlier in range(position - 1, -1, -1):
        snippet = program.snippets[earlier]
        free = free_names_in(snippet.source)
        if _imported_names(snippet) & read or (free | names_bound_in(snippet.source)) & read - everywhere:
            read |= free
        elif not _sets_or_writes(program, earlier):
            apart.add(earlier)
    return frozenset(apart)


def _names_in(snippet: Snippet) -> frozenset[str]:
    tree = tree_of(snippet.source)
    return names_used(tree) if tree else frozenset()


def _imported_names(snippet: Snippet) -> frozenset[str]:
    tree = tree_of(snippet.source)
    return imported_names(tree) if tree else frozenset()
