"""Finds the earlier snippets of a program that one of its snippets does not build on."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from cards.program.snippet import RunDirectives
from cards.python.global_state import LibraryNames, settings_of, writes_files
from cards.python.imports import imported_names
from cards.python.reads import BUILTIN_NAMES, names_used
from cards.python.syntax import DEFINITIONS, tree_of

if TYPE_CHECKING:
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
    tree = tree_of(snippet.source)
    if tree is None or snippet.directives != RunDirectives():
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


def _names_in(snippet: Snippet) -> frozenset[str]:
    tree = tree_of(snippet.source)
    return names_used(tree) if tree else frozenset()


def _imported_names(snippet: Snippet) -> frozenset[str]:
    tree = tree_of(snippet.source)
    return imported_names(tree) if tree else frozenset()
