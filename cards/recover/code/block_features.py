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
        f"innermost_header_and_name {name} {hint.stem or hint.kind} {bool(out):d}",
        f"innermost_header_and_size {name} {step.size} {bool(out):d}",
        f"innermost_header_and_next_kind {name} {hint.after} {bool(out):d}",
        f"reads_body_names {inner} {bool(body & statement.uses):d} {bool(body & hint.later):d} {out}",
        f"rebinds_body_names {inner} {bool(body & statement.binds):d} {bool(statement.binds & hint.later):d} {out}",
    ]
    loops = [one for one in step.placed.stack if one.kind == "for"]
    if loops:
        # A line that speaks of the outer loop's variable alone is likely the outer loop's.
        *around, nearest = [statement.uses & step.statements[one.header].binds for one in loops]
        stays = step.level > step.placed.stack.index(loops[-1])
        others = bool(statement.uses - loops[-1].names)
        found += [
            f"reads_loop_variables {bool(nearest):d} {any(around):d} {len(loops) > 1:d} {stays:d} {hint.kind}",
            f"reads_loop_variable_or_body {bool(nearest):d} {bool(body & statement.uses):d} {others:d} {stays:d} {hint.kind}",
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
        f"with_alias_used {stem} {asked:d} {bool(step.statement.uses & header.binds):d} {closes:d}",
        f"with_and_name {stem} {hint.stem or hint.fine} {closes:d}",
        f"with_and_size {stem} {size_of(block.length)} {hint.fine} {closes:d}",
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
        f"reads_accumulated {bool(uses & gathered):d} {bool(uses & own):d} {hint.fine} {stays:d}",
        f"changes_accumulated {bool(hint.changed & gathered):d} {bool(uses & fresh):d} {block.kind} {stays:d}",
        f"reads_prepared {bool(uses & prepared):d} {bool(uses & own):d} {block.kind} {stays:d}",
        f"changes_in_loop {block.kind} {bool(hint.changed):d} {bool(hint.changed & block.names):d} {stays:d}",
    ]


def _of_parent(step: Step, found: list[str]) -> None:
    """Say how the statement goes with the block that it would stand in when it closes an inner one."""
    stack, level, hint = step.placed.stack, step.level, step.hint
    if 0 < level < len(stack):
        block = stack[level - 1]
        leader = step.hints[block.header]
        found += [
            f"parent_header_and_name {leader.stem or leader.kind} {hint.stem or hint.fine}",
            f"parent_size {step.parent} {size_of(block.length)} {step.out} {hint.kind}",
        ]


def _of_end(step: Step, found: list[str]) -> None:
    """Say what would be cut off behind a `return`, `raise`, `break` or `continue` at this level."""
    if not step.level:
        return
    block, hint = step.placed.stack[step.level - 1], step.hint
    lost = bool((block.names & hint.later) - step.placed.module)
    found += [
        f"exit_cuts_off {hint.fine} {block.kind} {lost:d} {hint.after}",
        f"exit_in_block {hint.fine} {block.kind} {size_of(block.length)} {hint.after} {step.out}",
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
        f"clause_of_block {kind} {block.kind} {step.out}",
        f"clause_after_subkind {kind} {block.kind} {before} {shares:d} {step.out}",
        f"clause_of_size {kind} {block.kind} {size_of(block.length)} {hint.after}",
        f"clause_body_reads_header {kind} {block.kind} {bool(told):d}",
        f"clause_body_like_block {kind} {block.kind} {hint.after_fine} {first.fine}",
    ]
