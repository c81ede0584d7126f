"""One statement at one level, and the search state before it: the input of the features."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cards.recover.code.nesting import BlockStack, OpenBlock
    from cards.recover.code.statement import Statement
    from cards.recover.code.statement_facts import StatementFacts


@dataclass(frozen=True, slots=True)
class SearchState:
    """A state of the beam search: the levels chosen so far and what they imply."""

    stack: BlockStack
    """What is open."""
    module: frozenset[str]
    """Names bound outside every function and class."""
    levels: tuple[int, ...]
    """Of the statements so far."""
    functions: frozenset[str]
    """Functions and classes that were defined and closed."""


@dataclass(frozen=True, slots=True)
class Placement:
    """One statement put at one level, with what the features need to know."""

    statements: Sequence[Statement]
    all_facts: Sequence[StatementFacts]
    place: int
    state: SearchState
    level: int
    statement: Statement
    facts: StatementFacts
    out: int
    """Blocks that it closes, at most 3."""
    innermost_kind: str
    """The kind of the innermost block before it."""
    parent: str
    """The kind of the block that it would stand in."""
    closed_kinds: str
    """The kinds of the blocks that it closes."""
    size: str
    """A class of the innermost block's length so far."""
    header: Statement | None
    """That of the innermost block before it."""


def placement_of(
    statements: Sequence[Statement],
    all_facts: Sequence[StatementFacts],
    place: int,
    placed: SearchState,
    level: int,
) -> Placement:
    """Return the placement of a statement at a level."""
    stack = placed.stack
    return Placement(
        statements,
        all_facts,
        place,
        placed,
        level,
        statements[place],
        all_facts[place],
        min(len(stack) - level, 3),
        stack[-1].kind if stack else "module",
        stack[level - 1].kind if level else "module",
        "+".join([block.kind for block in stack[level : level + 3]]),
        size_class(stack[-1].length) if stack else "1",
        statements[stack[-1].header] if stack else None,
    )


def size_class(statements: int) -> str:
    """Return the class of a block's length by its longest: 1, 2, 4 or 8 statements; 9 stands for more."""
    if statements <= 2:
        return "2" if statements == 2 else "1"
    return "4" if statements <= 4 else "8" if statements <= 8 else "9"


def header_names(block: OpenBlock, header: Statement) -> frozenset[str]:
    """Return the names that a header gives its block: parameters, loop variables, aliases."""
    return frozenset(header.parameters) if block.kind == "def" else header.binds
