"""What a block builds on: the earlier statements of its question that it needs to be read alone."""

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

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet

    from cards.atomize.question_context import QuestionContext
    from cards.program.snippet import Snippet
    from cards.python.effects import NameFacts

MAX_PROGRAM_LINES = 12
"""Longer code cannot be read in seconds."""


def runnable_source(topic: QuestionContext, snippet: Snippet) -> str:
    """Return the block with the earlier statements it builds on; raise NoCard if that is too long."""
    return "\n".join([*needed_statements(topic, snippet, snippet.source), snippet.source])


def needed_statements(topic: QuestionContext, snippet: Snippet, source: str) -> list[str]:
    """Return the earlier statements that the source, a part of the block, builds on; NoCard if too long."""
    earlier = [
        other
        for other in topic.question.snippets
        if other.role is SnippetRole.SHOWN
        and other.span.last < snippet.span.first
        and not (other.directives.raises or other.directives.syntax_error)
        and not (other.directives.no_run or other.directives.skip)
    ]
    before = _lines_above(snippet.source, source)
    lines = _select_statements([other.source for other in earlier] + ([before] if before else []), source)
    whole = "\n".join([*lines, source])
    # Who asks for a fixture hides a set-up on purpose.
    hidden = any(other.directives.fixtures for other in topic.question.snippets)
    if not hidden and (unseen := unresolved_names(whole)):
        raise NoCard(f"it uses `{min(unseen)}`, which no block above defines")
    if whole.count("\n") >= MAX_PROGRAM_LINES:
        raise NoCard(f"with what it builds on it has more than {MAX_PROGRAM_LINES} lines")
    return lines


def _lines_above(whole: str, part: str) -> str:
    """Return what stands above a part of a block; nothing for the block itself."""
    return whole.partition(part)[0].rstrip("\n") if part != whole else ""


def _select_statements(earlier: Sequence[str], source: str) -> list[str]:
    """Return the earlier top-level statements that bind the names the source needs, in their order.

    Raises NoCard where the program would print something else without the statements between.
    """
    trees = [tree_of(other) for other in earlier]
    tree = tree_of(source)
    if tree is None or None in trees:
        return []
    statements = [
        (other, node) for other, body in zip(earlier, trees, strict=True) if body for node in body.body
    ]
    nodes = [node for _, node in statements]
    looked = attribute_owners(tree).union(*map(attribute_owners, nodes))
    known = name_facts(nodes, looked)
    prints = printing_names(nodes)
    needed = _with_names_read_by_functions(free_names(tree) - CONVENTIONAL_NAMES, known)
    chosen: list[str] = []
    changed: set[str] = set()
    touched: set[str] = set()
    for text, node in reversed(statements):
        bound = bound_names(node)
        if bound & needed:
            if not isinstance(node, DEFINITIONS) and called_names(node) & prints:
                raise NoCard("what it builds on prints too")
            if (lost := changed & bound) and not isinstance(node, ast.Import | ast.ImportFrom):
                raise NoCard(f"the blocks above also change `{min(lost)}`")
            chosen.append(_statement_source(text, node))
            read = free_names(node) - CONVENTIONAL_NAMES
            needed = (needed - surely_bound_names(node)) | _with_names_read_by_functions(read, known)
        else:
            now = changed_names(node, known)
            touched |= now
            changed |= now & needed
        name, origin = alias_of(node)
        changed |= {origin} & needed if name in touched else set()
    return chosen[::-1]


def _with_names_read_by_functions(names: AbstractSet[str], known: NameFacts) -> set[str]:
    """Return the names, and those that the functions among them read when they are called."""
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
