"""Which levels Python's grammar allows a statement, given what follows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from cards.recover.code.statement import BLOCK_EXITS, CLAUSES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cards.recover.code.statement import Statement


@dataclass(frozen=True, slots=True)
class OpenBlock:
    """A block of code that further statements may still join."""

    kind: str
    """Of its header; `else` of a loop and of a `try` are told apart as `for-else` and `try-else`."""
    header: int
    """The statement that opened it."""
    names: frozenset[str]
    """What is bound in it so far; for a function with its parameters."""
    used: frozenset[str]
    """What its statements read so far."""
    length: int
    """Statements in it so far, those of inner blocks counted."""


BlockStack: TypeAlias = tuple[OpenBlock, ...]

_MAY_FOLLOW = {
    "elif": frozenset({"if", "elif"}),
    "else": frozenset({"if", "elif", "for", "while", "except"}),
    "except": frozenset({"try", "except"}),
    "finally": frozenset({"try", "except", "try-else"}),
}
_ELSE_KIND = {"for": "for-else", "while": "for-else", "except": "try-else"}
_LOOPS = frozenset({"for", "while"})


@dataclass(frozen=True, slots=True)
class Lookahead:
    """What later statements need to stand in: a function, a loop, a header, a try."""

    function: bool
    """A `return`, `yield` or `nonlocal` comes before the next `def`."""
    loop: bool
    """A `break` or `continue` comes before the next loop or `def`."""
    clause: str
    """The clause that comes before the next header it could belong to; empty for none."""
    attempt: bool
    """An `except` or `finally` comes before the next `try`."""


def lookaheads_of(statements: Sequence[Statement]) -> tuple[Lookahead, ...]:
    """Return for every statement what it and those behind it need; the last entry stands for the end."""
    found = [Lookahead(function=False, loop=False, clause="", attempt=False)]
    for statement in reversed(statements):
        later = found[-1]
        kind = statement.kind
        function = statement.needs_function or (later.function and kind != "def")
        loop = (statement.needs_loop and not (kind in _LOOPS and statement.inline)) or (
            later.loop and kind not in _LOOPS and kind != "def"
        )
        if kind in CLAUSES:
            clause = kind
        elif any(kind in heads for heads in _MAY_FOLLOW.values()) or kind == "try":
            clause = ""
        else:
            clause = later.clause
        attempt = kind in {"except", "finally"} or (later.attempt and kind != "try")
        found.append(Lookahead(function=function, loop=loop, clause=clause, attempt=attempt))
    return tuple(reversed(found))


def may_follow(clause: str, block: str) -> bool:
    """Tell whether a clause such as `else` may follow a block of this kind."""
    return block in _MAY_FOLLOW[clause]


def legal_levels(
    statement: Statement,
    stack: BlockStack,
    before: Statement | None,
    level_before: int,
    here: Lookahead,
    ahead: Lookahead,
) -> list[int]:
    """Return the levels that the grammar and later statements allow; empty for a dead end.

    `stack` is what is open after the statement `before`, whose level is `level_before`; `here` is what comes
    from the statement on, `ahead` what comes behind it.
    """
    if before is None:
        return [] if statement.kind in CLAUSES else [0]
    depth = len(stack)
    if before.opens:
        return [] if statement.kind in CLAUSES else [depth]
    if before.kind == "decorator":
        return [level_before]
    if statement.kind in CLAUSES:
        return _clause_levels(statement.kind, stack, before, level_before)
    highest = depth
    if before.kind in BLOCK_EXITS and depth:
        highest = depth - 1
    if statement.kind == "case":
        return _case_levels(stack, highest)
    return [
        level
        for level in _open_levels(stack, highest)
        if _satisfies_lookahead(statement, stack[:level], here, ahead)
    ]


def _clause_levels(clause: str, stack: BlockStack, before: Statement, level_before: int) -> list[int]:
    levels = []
    if before.inline and before.kind in _MAY_FOLLOW[clause] and level_before == len(stack):
        levels.append(level_before)
    for level in range(len(stack) - 1, -1, -1):
        if may_follow(clause, stack[level].kind):
            levels.append(level)
        if stack[level].kind == "try":
            break
    return levels


def _case_levels(stack: BlockStack, highest: int) -> list[int]:
    """Return the levels right inside an open `match` that leave no `try` without its clause."""
    places = [place + 1 for place, block in enumerate(stack) if block.kind == "match"]
    return [level for level in places if level <= highest and _closes_no_try(stack, level)]


def _open_levels(stack: BlockStack, highest: int) -> Iterator[int]:
    """Yield the levels, highest first, where any statement but a clause or a `case` may stand."""
    for level in range(highest, -1, -1):
        if level < len(stack) and stack[level].kind == "try":
            break  # it would be left without except or finally
        if not level or stack[level - 1].kind != "match":
            yield level


def _closes_no_try(stack: BlockStack, level: int) -> bool:
    return all(block.kind != "try" for block in stack[level:])


def _satisfies_lookahead(statement: Statement, stack: BlockStack, here: Lookahead, ahead: Lookahead) -> bool:
    """Tell whether later statements still find the function, the loop and the header that they need."""
    if here.function and not any(block.kind == "def" for block in stack):
        return False
    if here.loop:
        loop = next(
            (block.kind for block in reversed(stack) if block.kind in _LOOPS or block.kind == "def"), ""
        )
        if loop not in _LOOPS:
            return False
    attempted = any(block.kind in {"try", "except", "try-else"} for block in stack)
    if ahead.attempt and statement.kind != "try" and not attempted:
        return False
    if ahead.clause and statement.kind not in {"if", "for", "while", "try"}:
        return any(may_follow(ahead.clause, block.kind) for block in stack)
    return True


def stack_after(statement: Statement, place: int, level: int, stack: BlockStack) -> BlockStack:
    """Return the open blocks after a statement was put at a level."""
    kept = stack[:level]
    below = stack[level].kind if level < len(stack) else ""
    if statement.binds:
        kept = _bind(kept, statement.binds)
    uses = statement.uses
    kept = tuple(
        OpenBlock(block.kind, block.header, block.names, block.used | uses, block.length + 1)
        for block in kept
    )
    if not statement.opens:
        return kept
    kind = statement.kind
    if kind == "else":
        kind = _ELSE_KIND.get(below, "else")
    names = frozenset(statement.parameters) if kind == "def" else statement.binds
    return (*kept, OpenBlock(kind, place, names, frozenset(), 0))


def _bind(stack: BlockStack, names: frozenset[str]) -> BlockStack:
    """Bind names in the innermost block and in those around it, up to the function they are local to."""
    blocks = list(stack)
    for place in range(len(blocks) - 1, -1, -1):
        block = blocks[place]
        if not names <= block.names:
            blocks[place] = OpenBlock(block.kind, block.header, block.names | names, block.used, block.length)
        if block.kind in {"def", "class"}:
            break
    return tuple(blocks)
