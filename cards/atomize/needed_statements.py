"""The earlier statements of its question that a snippet needs to be read, and to run, alone."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from cards.atomize.question_context import NoCard
from cards.program.snippet import SnippetRole
from cards.python.bindings import bound_names, surely_bound_names
from cards.python.effects import alias_of, changed_names, name_facts, printing_names
from cards.python.reads import CONVENTIONAL_NAMES, attribute_owners, called_names, free_names
from cards.python.syntax import DEFINITIONS, tree_of
from cards.python.undefined import unresolved_names
from cards.python.usual_imports import missing_imports

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet

    from cards.atomize.question_context import QuestionContext
    from cards.program.snippet import Snippet
    from cards.python.effects import NameFacts

MAX_PROGRAM_LINES = 12
"""Longer code cannot be read in seconds."""


def runnable_source(snippet: Snippet, context: QuestionContext) -> str | NoCard:
    """Return the block with the earlier statements it builds on, or why it cannot be shown alone."""
    return source_with_needs(snippet, snippet.source, snippet.source, context)


def source_with_needs(snippet: Snippet, part: str, shown: str, context: QuestionContext) -> str | NoCard:
    """Return a part of the block below the earlier statements that it builds on, as a card shows them."""
    needed = _needed_statements(snippet, part, context)
    return needed if isinstance(needed, NoCard) else "\n".join([*needed, shown])


def _needed_statements(snippet: Snippet, source: str, context: QuestionContext) -> list[str] | NoCard:
    """Return the earlier statements that the source, a part of the block, builds on."""
    earlier = [
        other
        for other in (*context.question.preamble, *context.question.snippets)
        if other.role is SnippetRole.SHOWN
        and other.span.last < snippet.span.first
        and not (other.directives.raises or other.directives.syntax_error)
        and not (other.directives.no_run or other.directives.skip)
    ]
    before = _lines_above(snippet.source, source)
    lines = _select_statements([other.source for other in earlier] + ([before] if before else []), source)
    if isinstance(lines, NoCard):
        return lines
    # The imports that the guide leaves out, but for those that every reader knows the name of.
    whole = "\n".join([*lines, source])
    imports = missing_imports([whole], hidden=[other.source for other in earlier])
    lines = [*(each.source for each in imports if each.name not in CONVENTIONAL_NAMES), *lines]
    whole = "\n".join([*lines, source])
    # Who asks for a fixture hides a set-up on purpose.
    hidden = any(other.directives.fixtures for other in context.question.snippets)
    if not hidden and (unseen := unresolved_names(whole)):
        return NoCard(f"it uses `{min(unseen)}`, which no block above defines")
    if whole.count("\n") >= MAX_PROGRAM_LINES:
        return NoCard(f"with what it builds on it has more than {MAX_PROGRAM_LINES} lines")
    return lines


def _lines_above(whole: str, part: str) -> str:
    """Return the lines of a block above a part of it; empty if the part is the block."""
    return whole.partition(part)[0].rstrip("\n") if part != whole else ""


def _select_statements(earlier: Sequence[str], source: str) -> list[str] | NoCard:
    """Return the earlier top-level statements that bind the names the source needs, in their order.

    None are selected where the program would print something else without the statements between.
    """
    trees = [tree_of(other) for other in earlier]
    tree = tree_of(source)
    if tree is None or None in trees:
        return []
    statements = [
        (other, node) for other, body in zip(earlier, trees, strict=True) if body for node in body.body
    ]
    nodes = [node for _, node in statements]
    inspected = attribute_owners(tree).union(*map(attribute_owners, nodes))
    known = name_facts(nodes, inspected)
    prints = printing_names(nodes)
    needed = _with_names_read_by_functions(free_names(tree) - CONVENTIONAL_NAMES, known)
    chosen: list[str] = []
    changed: set[str] = set()
    changed_anywhere: set[str] = set()
    for text, node in reversed(statements):
        bound = bound_names(node)
        if bound & needed:
            if not isinstance(node, DEFINITIONS) and called_names(node) & prints:
                return NoCard("what it builds on prints too")
            if (overwritten := changed & bound) and not isinstance(node, ast.Import | ast.ImportFrom):
                return NoCard(f"the blocks above also change `{min(overwritten)}`")
            chosen.append(_statement_source(text, node))
            read = free_names(node) - CONVENTIONAL_NAMES
            needed = (needed - surely_bound_names(node)) | _with_names_read_by_functions(read, known)
        else:
            changed_here = changed_names(node, known)
            changed_anywhere |= changed_here
            changed |= changed_here & needed
        name, origin = alias_of(node)
        changed |= {origin} & needed if name in changed_anywhere else set()
    return chosen[::-1]


def _with_names_read_by_functions(names: AbstractSet[str], known: NameFacts) -> set[str]:
    """Return the names and all names that the functions among them read when they are called."""
    found: set[str] = set()
    waiting = set(names)
    while waiting:
        name = waiting.pop()
        found.add(name)
        if name in known.definitions:
            waiting |= free_names(known.definitions[name]) - CONVENTIONAL_NAMES - found
    return found


def _statement_source(source: str, node: ast.stmt) -> str:
    decorators = getattr(node, "decorator_list", [])
    first = min([node.lineno, *(decorator.lineno for decorator in decorators)])
    return "\n".join(source.split("\n")[first - 1 : node.end_lineno])
