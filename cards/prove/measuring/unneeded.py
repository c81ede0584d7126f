"""Finds the earlier snippets of a program that one of its snippets does not build on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cards.python.imports import imported_names
from cards.python.reads import BUILTIN_NAMES, names_used
from cards.python.syntax import tree_of

if TYPE_CHECKING:
    from cards.program.program import Program
    from cards.program.snippet import Snippet


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
