"""What a block builds on: the earlier statements of its question that it needs to be read alone."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from cards.atomize.names import (
    CONVENTIONAL,
    bound_names,
    called_names,
    changed_names,
    free_names,
    printing_names,
    unseen_names,
)
from cards.atomize.topic import NoCard
from cards.snippet import Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cards.atomize.topic import Topic
    from cards.snippet import Snippet

MOST_LINES = 12
"""Longer code cannot be read in seconds."""


def program_of(topic: Topic, snippet: Snippet) -> str:
    """Return the block with the earlier statements it builds on; raise NoCard if that is too long."""
    earlier = [
        other
        for other in topic.question.snippets
        if other.role is Role.SHOWN
        and other.span.last < snippet.span.first
        and not (other.directives.raises or other.directives.syntax_error)
        and not (other.directives.no_run or other.directives.skip)
    ]
    source = "\n".join([*_builds_on(earlier, snippet.source), snippet.source])
    # Who asks for a fixture hides a set-up on purpose.
    hidden = any(other.directives.fixtures for other in topic.question.snippets)
    if not hidden and (unseen := unseen_names(source)):
        raise NoCard(f"it uses `{min(unseen)}`, which no block above defines")
    if source.count("\n") >= MOST_LINES:
        raise NoCard(f"with what it builds on it has more than {MOST_LINES} lines")
    return source


def _builds_on(earlier: Sequence[Snippet], source: str) -> list[str]:
    """Return the earlier top-level statements that bind the names the source needs, in their order.

    Raises NoCard where the program would print something else without the statements between.
    """
    try:
        needed = free_names(ast.parse(source)) - CONVENTIONAL
        statements = [(other.source, node) for other in earlier for node in ast.parse(other.source).body]
    except (SyntaxError, ValueError):
        return []
    prints = printing_names([node for _, node in statements])
    chosen: list[str] = []
    changed: set[str] = set()
    for text, node in reversed(statements):
        if bound_names([node]) & needed:
            if not isinstance(node, ast.FunctionDef | ast.ClassDef) and called_names(node) & prints:
                raise NoCard("what it builds on prints too")
            lost = changed & bound_names([node])
            if lost and not isinstance(node, ast.Import | ast.ImportFrom):
                raise NoCard(f"the blocks above also change `{min(lost)}`")
            chosen.append(_text_of(text, node))
            needed = (needed - bound_names([node])) | (free_names(node) - CONVENTIONAL)
        else:
            changed |= changed_names(node) & needed
    return chosen[::-1]


def _text_of(source: str, node: ast.stmt) -> str:
    decorators = getattr(node, "decorator_list", [])
    first = min([node.lineno, *(decorator.lineno for decorator in decorators)])
    return "\n".join(source.split("\n")[first - 1 : node.end_lineno])
