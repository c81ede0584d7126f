"""How a statement goes with the blocks that are open around it, as features."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cards.recover.code.placement import size_of
from cards.recover.code.statement import CLAUSES, ENDS

if TYPE_CHECKING:
    from cards.recover.code.placement import Step


def of_blocks(step: Step, found: list[str]) -> None:
    """Add what the open blocks say."""
    if step.placed.stack:
        _of_leader(step, found)
        _of_with(step, found)
        _of_loop(step, found)
        _of_parent(step, found)
    if step.statement.kind in ENDS:
        _of_end(step, found)
    elif step.statement.kind in CLAUSES:
        _of_clause(step, found)


def _of_leader(step: Step, found: list[str]) -> None:
    """Say how the statement goes with the header of the innermost block, and with what that block binds."""
    statement, hint, out, inner = step.statement, step.hint, step.out, step.inner
    block = step.placed.stack[-1]
    leader = step.hints[block.header]
    name = leader.stem or leader.kind
    body = block.names - step.statements[block.header].binds
    found += [
        f"aa {name} {hint.stem or hint.kind} {bool(out):d}",
        f"ab {name} {step.size} {bool(out):d}",
        f"ac {name} {hint.after} {bool(out):d}",
        f"ad {inner} {bool(body & statement.uses):d} {bool(body & hint.later):d} {out}",
        f"ae {inner} {bool(body & statement.binds):d} {bool(statement.binds & hint.later):d} {out}",
    ]
    loops = [one for one in step.placed.stack if one.kind == "for"]
    if loops:
        # A line that speaks of the outer loop's variable alone is likely the outer loop's.
        *around, nearest = [statement.uses & step.statements[one.header].binds for one in loops]
        stays = step.level > step.placed.stack.index(loops[-1])
        others = bool(statement.uses - loops[-1].names)
        found += [
            f"af {bool(nearest):d} {any(around):d} {len(loops) > 1:d} {stays:d} {hint.kind}",
            f"ag {bool(nearest):d} {bool(body & statement.uses):d} {others:d} {stays:d} {hint.kind}",
        ]


def _of_with(step: Step, found: list[str]) -> None:
    """Say how the statement goes with the innermost `with`: a tape is asked outside, a file read inside."""
    index = next(
        (at for at in reversed(range(len(step.placed.stack))) if step.placed.stack[at].kind == "with"), -1
    )
    if index < 0:
        return
    block, hint = step.placed.stack[index], step.hint
    header, stem = step.statements[block.header], step.hints[block.header].stem
    asked = bool(hint.base and hint.base in header.binds)
    closes = step.level <= index
    found += [
        f"ba {stem} {asked:d} {bool(step.statement.uses & header.binds):d} {closes:d}",
        f"bA {stem} {hint.stem or hint.fine} {closes:d}",
        f"bB {stem} {size_of(block.length)} {hint.fine} {closes:d}",
    ]


def _of_loop(step: Step, found: list[str]) -> None:
    """Say what the statement does with what the innermost loop gathers, which is done with behind it."""
    stack = step.placed.stack
    index = next((at for at in reversed(range(len(stack))) if stack[at].kind in {"for", "while"}), -1)
    if index < 0:
        return
    block, hint, uses = stack[index], step.hint, step.statement.uses
    gathered: set[str] = set()
    fresh: set[str] = set()
    for place in range(block.header + 1, step.place):
        gathered |= step.hints[place].changed
        if step.statements[place].kind == "assign":
            fresh |= step.statements[place].binds
    gathered -= fresh
    own = step.statements[block.header].binds
    prepared: frozenset[str] = frozenset()
    for one in step.statements[max(block.header - 2, 0) : block.header]:
        prepared |= one.binds
    prepared -= block.used | own
    stays = step.level > index
    found += [
        f"ca {bool(uses & gathered):d} {bool(uses & own):d} {hint.fine} {stays:d}",
        f"cb {bool(hint.changed & gathered):d} {bool(uses & fresh):d} {block.kind} {stays:d}",
        f"cm {bool(uses & prepared):d} {bool(uses & own):d} {block.kind} {stays:d}",
        f"cc {block.kind} {bool(hint.changed):d} {bool(hint.changed & block.names):d} {stays:d}",
    ]


def _of_parent(step: Step, found: list[str]) -> None:
    """Say how the statement goes with the block that it would stand in when it closes an inner one."""
    stack, level, hint = step.placed.stack, step.level, step.hint
    if 0 < level < len(stack):
        block = stack[level - 1]
        leader = step.hints[block.header]
        found += [
            f"bs {leader.stem or leader.kind} {hint.stem or hint.fine}",
            f"bt {step.parent} {size_of(block.length)} {step.out} {hint.kind}",
        ]


def _of_end(step: Step, found: list[str]) -> None:
    """Say what would be cut off behind a `return`, `raise`, `break` or `continue` at this level."""
    if not step.level:
        return
    block, hint = step.placed.stack[step.level - 1], step.hint
    lost = bool((block.names & hint.later) - step.placed.module)
    found += [
        f"bb {hint.fine} {block.kind} {lost:d} {hint.after}",
        f"bd {hint.fine} {block.kind} {size_of(block.length)} {hint.after} {step.out}",
    ]


def _of_clause(step: Step, found: list[str]) -> None:
    """Say how an `else`, `elif`, `except` or `finally` goes with the block that it follows."""
    stack, statement, hint, last = step.placed.stack, step.statement, step.hint, len(step.hints) - 1
    if step.level >= len(stack):
        return
    block = stack[step.level]
    header, kind = step.statements[block.header], statement.kind
    first = step.hints[min(block.header + 1, last)]
    shares = bool(header.uses & statement.uses)
    before = step.hints[step.place - 1].fine
    told = (header.binds | header.uses) & step.statements[min(step.place + 1, last)].uses
    found += [
        f"be {kind} {block.kind} {step.out}",
        f"bf {kind} {block.kind} {before} {shares:d} {step.out}",
        f"bh {kind} {block.kind} {size_of(block.length)} {hint.after}",
        f"bi {kind} {block.kind} {bool(told):d}",
        f"bj {kind} {block.kind} {hint.after_fine} {first.fine}",
    ]
