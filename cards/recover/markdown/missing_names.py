"""Which blocks of a guide cannot run for want of a name, and what may stand in for it."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cards.guide.programs import programs_of
from cards.program.snippet import SnippetRole
from cards.python.bindings import names_bound_in
from cards.python.syntax import tree_of
from cards.python.undefined import undefined_names
from cards.recover.needs.needs import BlockNeeds, StandInRegistry, has_stand_in, needs_of_block
from cards.recover.needs.stand_in import StandIn
from cards.recover.needs.usage import usage_of
from cards.regex import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cards.guide.guide import Guide
    from cards.program.program import Program
    from cards.program.snippet import Snippet, SnippetName

_STAR_IMPORT = regex(r"^\s*from\s+\S+\s+import\s+\*", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class GivenStandIns:
    """Stand-ins for a guide, and the fences that are to ask for them."""

    stand_ins: tuple[StandIn, ...]
    directives: tuple[tuple[int, tuple[str, ...]], ...]
    """The line of a fence, and the directives that it is given; in the order of the lines."""
    missing: tuple[str, ...]
    """Names that no stand-in is known for."""


def stand_ins_for(guide: Guide) -> GivenStandIns:
    """Return the stand-ins without which blocks of a guide certainly fail.

    A block that may run to its end as it is gets none, whatever names its functions read, and neither does
    one of which another name would stay undefined.
    """
    known = {
        snippet.name.removeprefix("fixture:"): StandIn(snippet.name, snippet.source)
        for snippet in guide.fixtures
    }
    registry = StandInRegistry(dict(known))
    own = {each.name for each in guide.preamble}
    own |= {each.name for question in guide.questions for each in question.snippets}
    directives: dict[int, tuple[str, ...]] = {}
    missing: list[str] = []
    for program in programs_of(guide):
        for snippet, needs in _needs_in(program, own, registry):
            missing += needs.missing
            if needs.directives:
                directives[snippet.span.first - 1] = needs.directives
    new = (one for name, one in registry.taken.items() if name not in known)
    return GivenStandIns(tuple(new), tuple(sorted(directives.items())), tuple(dict.fromkeys(missing)))


def _needs_in(
    program: Program, own: set[SnippetName], registry: StandInRegistry
) -> Iterator[tuple[Snippet, BlockNeeds]]:
    """Yield each block of a program that certainly fails for want of names, with what it is given."""
    sources = [snippet.source for snippet in program.snippets]
    if any(map(_STAR_IMPORT.search, sources)):
        return  # it may bind anything
    usage = usage_of("\n".join(sources))
    known: set[str] = set()
    given: set[str] = set()
    for snippet in program.snippets:
        if snippet.name in own and _is_meant_to_run(snippet):
            lacking = {name for _, name in undefined_names(snippet.source)} - known
            certain = lacking & _names_surely_read(snippet.source)
            unknown = tuple(sorted(name for name in certain if not has_stand_in(name, snippet.source, usage)))
            if unknown:
                yield snippet, BlockNeeds(missing=unknown)
            elif certain:
                wanted = tuple(name for name in sorted(lacking) if has_stand_in(name, snippet.source, usage))
                yield snippet, needs_of_block(snippet.source, wanted, usage, given, registry)
                known |= set(wanted)
        known |= names_bound_in(snippet.source)


def _is_meant_to_run(snippet: Snippet) -> bool:
    return snippet.role is SnippetRole.SHOWN and snippet.directives.is_meant_to_hold


def _names_surely_read(source: str) -> set[str]:
    """Return the names that code reads whenever it runs: not in branches, nor in functions or `try`."""
    tree = tree_of(source)
    return _surely_read(tree.body) if tree is not None else set()


def _surely_read(body: list[ast.stmt]) -> set[str]:
    found: set[str] = set()
    for statement in body:
        match statement:
            case ast.If(test=value) | ast.While(test=value) | ast.For(iter=value) | ast.Match(subject=value):
                found |= _names_in(value)
            case ast.With(items=items, body=inner):
                found |= {name for item in items for name in _names_in(item.context_expr)}
                found |= _surely_read(inner)
            case ast.FunctionDef(decorator_list=around) | ast.AsyncFunctionDef(decorator_list=around):
                found |= {name for value in around for name in _names_in(value)}
            case ast.ClassDef(decorator_list=around, bases=bases):
                found |= {name for value in (*around, *bases) for name in _names_in(value)}
            case ast.Try() | ast.TryStar() | ast.AsyncFor() | ast.AsyncWith():
                pass
            case _:
                found |= _names_in(statement)
    return found


def _names_in(node: ast.AST) -> set[str]:
    """Return the names that a node reads, without those that lambdas and comprehensions may never read."""
    if isinstance(node, ast.Lambda):
        return set()
    if isinstance(node, ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp):
        return _names_in(node.generators[0].iter)
    if isinstance(node, ast.Name):
        return {node.id} if isinstance(node.ctx, ast.Load) else set()
    return {name for child in ast.iter_child_nodes(node) for name in _names_in(child)}
