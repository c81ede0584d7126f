"""Finds the earlier snippets of a program that one of its snippets does not build on."""

from __future__ import annotations

import ast
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from cards.program.snippet import RunDirectives
from cards.python.bindings import bound_names, names_bound_in
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
    everywhere = BUILTIN_NAMES.union(*(_imported_names(snippet.source) for snippet in program.snippets))
    used = set(_names_in(program.snippets[position].source))
    unrelated = set()
    for earlier in range(position - 1, -1, -1):
        snippet = program.snippets[earlier]
        names = _names_in(snippet.source)
        if _imported_names(snippet.source) & used or names & used - everywhere:
            used |= names
        else:
            unrelated.add(earlier)
    return frozenset(unrelated)


class NeededParts(NamedTuple):
    """The earlier snippets of which code takes nothing, and those of which it takes only imports."""

    apart: frozenset[int]
    for_imports: frozenset[int]

    def of(self, program: Program) -> Program:
        """Return the program with no more than the imports of those that are there for them."""
        snippets = tuple(
            replace(snippet, source=_imports_alone(snippet)) if place in self.for_imports else snippet
            for place, snippet in enumerate(program.snippets)
        )
        return replace(program, snippets=snippets)


class ProgramPart(NamedTuple):
    """What of a program one of its snippets builds on, and what can see what that does."""

    needed: NeededParts
    end: int | None
    """The position after the last snippet of it; None for the program's own end."""

    def of(self, program: Program) -> Program:
        """Return the part of the program; a snippet before that nothing is taken of stays, and is empty."""
        snippets = tuple(
            replace(snippet, source="") if place in self.needed.apart else snippet
            for place, snippet in enumerate(self.needed.of(program).snippets[: self.end])
        )
        return replace(program, snippets=snippets)

    def has_all_of(self, other: ProgramPart) -> bool:
        """Tell whether all of another part is in this one."""
        mine, others = self.needed, other.needed
        return (
            mine.apart <= others.apart
            and mine.for_imports <= others.apart | others.for_imports
            and (self.end is None or (other.end is not None and other.end <= self.end))
        )


WHOLE = ProgramPart(NeededParts(frozenset(), frozenset()), None)
"""All of any program."""


def needed_parts(program: Program, position: int, others: Iterable[str]) -> NeededParts:
    """Return what a snippet, and other sources in its place, need of the snippets before.

    Beside `unrelated_snippets` those are not needed that share no more with them than the names of
    parameters, of loops and of other variables that each binds for itself.
    """
    everywhere = BUILTIN_NAMES.union(*(_imported_names(snippet.source) for snippet in program.snippets))
    sources = (*(snippet.source for snippet in program.snippets[position:]), *others)
    read = {name for source in sources for name in free_names_in(source)}
    apart = set(unrelated_snippets(program, position))
    for_imports = set()
    for earlier in range(position - 1, -1, -1):
        snippet = program.snippets[earlier]
        free = free_names_in(snippet.source)
        imports = _imported_names(snippet.source) & read
        if (free | names_bound_in(snippet.source)) & read - everywhere or _sets_or_writes(program, earlier):
            read |= free
        elif not imports:
            apart.add(earlier)
        elif imports <= _imported_names(_imports_alone(snippet)):
            for_imports.add(earlier)
        else:
            read |= free
    return NeededParts(frozenset(apart), frozenset(for_imports - apart))


def part_to_run(program: Program, position: int) -> ProgramPart:
    """Return what has to run for a snippet, and all that can see it, to do what they do in the program.

    That is what they need, and what sets something for all code after it or writes a file, with its needs.
    """
    end = _end_of_related(program, position)
    parts = needed_parts(replace(program, snippets=program.snippets[:end]), position, ())
    for place in range(end):
        if place > position or (place < position and _sets_or_writes(program, place)):
            until = replace(program, snippets=program.snippets[: place + 1])
            parts = _both(parts, needed_parts(until, place, ()), place)
    return ProgramPart(parts, end if end < len(program.snippets) else None)


def _both(parts: NeededParts, more: NeededParts, position: int) -> NeededParts:
    """Return the parts together with those that the snippet at `position` needs, and the snippet itself."""
    behind = frozenset(place for place in parts.apart | parts.for_imports if place > position)
    apart = parts.apart & (more.apart | behind)
    at_most_imports = (parts.apart | parts.for_imports) & (more.apart | more.for_imports | behind)
    return NeededParts(apart, at_most_imports - apart)


def _end_of_related(program: Program, position: int) -> int:
    """Return the position after the last snippet that can see what the one at `position` does.

    It reads a name of that snippet, or of what that builds on. Where that sets something or writes a file,
    any may see it.
    """
    snippets = program.snippets
    if _sets_or_writes(program, position):
        return len(snippets)
    everywhere = BUILTIN_NAMES.union(*(_imported_names(snippet.source) for snippet in snippets))
    apart, for_imports = needed_parts(replace(program, snippets=snippets[: position + 1]), position, ())
    names: set[str] = set()
    for place, snippet in enumerate(snippets[: position + 1]):
        if place not in apart | for_imports:
            names |= free_names_in(snippet.source) - everywhere
            names |= _names_set_in(snippet.source)
    related = [
        place for place in range(position + 1, len(snippets)) if names & free_names_in(snippets[place].source)
    ]
    return max(related, default=position) + 1


def _names_set_in(source: str) -> frozenset[str]:
    """Return the names that the top-level statements of code bind, but for those that its imports do."""
    tree = tree_of(source)
    nodes = tree.body if tree else []
    return frozenset(
        name
        for node in nodes
        if not isinstance(node, ast.Import | ast.ImportFrom)
        for name in bound_names(node)
    )


def _imports_alone(snippet: Snippet) -> str:
    """Return the imports at a snippet's top level."""
    tree = tree_of(snippet.source)
    nodes = tree.body if tree else []
    return "\n".join(ast.unparse(node) for node in nodes if isinstance(node, (ast.Import, ast.ImportFrom)))


# Every slice of a program looks at all of its snippets.
@lru_cache(maxsize=4096)
def _names_in(source: str) -> frozenset[str]:
    tree = tree_of(source)
    return names_used(tree) if tree else frozenset()


@lru_cache(maxsize=4096)
def _imported_names(source: str) -> frozenset[str]:
    tree = tree_of(source)
    return imported_names(tree) if tree else frozenset()
