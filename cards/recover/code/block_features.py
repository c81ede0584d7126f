"""Features that relate a statement to the blocks that are open before it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cards.recover.code.placement import size_class
from cards.recover.code.statement import BLOCK_EXITS, CLAUSES

if TYPE_CHECKING:
    from cards.recover.code.placement import Placement


def add_block_features(step: Placement, found: list[str]) -> None:
    """Add the features that relate the statement to open blocks."""
    if step.state.stack:
        _add_innermost_header(step, found)
        _add_with(step, found)
        _add_loop(step, found)
        _add_parent(step, found)
    if step.statement.kind in BLOCK_EXITS:
        _add_exit(step, found)
    elif step.statement.kind in CLAUSES:
        _add_clause(step, found)


def _add_innermost_header(step: Placement, found: list[str]) -> None:
    """Say how the statement goes with the header of the innermost block, and with what that block binds."""
    statement, facts, out, inner = step.statement, step.facts, step.out, step.innermost_kind
    block = step.state.stack[-1]
    leader = step.all_facts[block.header]
    name = leader.stem or leader.kind
    body = block.names - step.statements[block.header].binds
    found += [
        f"innermost_header_and_name {name} {facts.stem or facts.kind} {bool(out):d}",
        f"innermost_header_and_size {name} {step.size} {bool(out):d}",
        f"innermost_header_and_next_kind {name} {facts.after} {bool(out):d}",
        f"reads_body_names {inner} {bool(body & statement.uses):d} {bool(body & facts.read_later):d} {out}",
        (
            f"rebinds_body_names {inner} {bool(body & statement.binds):d} "
            f"{bool(statement.binds & facts.read_later):d} {out}"
        ),
    ]
    loops = [one for one in step.state.stack if one.kind == "for"]
    if loops:
        # A line that speaks of the outer loop's variable alone is likely the outer loop's.
        *around, nearest = [statement.uses & step.statements[one.header].binds for one in loops]
        stays = step.level > step.state.stack.index(loops[-1])
        others = bool(statement.uses - loops[-1].names)
        found += [
            (
                f"reads_loop_variables {bool(nearest):d} {any(around):d} "
                f"{len(loops) > 1:d} {stays:d} {facts.kind}"
            ),
            (
                f"reads_loop_variable_or_body {bool(nearest):d} {bool(body & statement.uses):d} "
                f"{others:d} {stays:d} {facts.kind}"
            ),
        ]


def _add_with(step: Placement, found: list[str]) -> None:
    """Say how the statement goes with the innermost `with`: a tape is asked outside, a file read inside."""
    index = next(
        (at for at in reversed(range(len(step.state.stack))) if step.state.stack[at].kind == "with"), -1
    )
    if index < 0:
        return
    block, facts = step.state.stack[index], step.facts
    header, stem = step.statements[block.header], step.all_facts[block.header].stem
    asked = bool(facts.base and facts.base in header.binds)
    closes = step.level <= index
    found += [
        f"with_alias_used {stem} {asked:d} {bool(step.statement.uses & header.binds):d} {closes:d}",
        f"with_and_name {stem} {facts.stem or facts.subkind} {closes:d}",
        f"with_and_size {stem} {size_class(block.length)} {facts.subkind} {closes:d}",
    ]


def _add_loop(step: Placement, found: list[str]) -> None:
    """Say what the statement does with what the innermost loop gathers, which is done with behind it."""
    stack = step.state.stack
    index = next((at for at in reversed(range(len(stack))) if stack[at].kind in {"for", "while"}), -1)
    if index < 0:
        return
    block, facts, uses = stack[index], step.facts, step.statement.uses
    gathered: set[str] = set()
    fresh: set[str] = set()
    for place in range(block.header + 1, step.place):
        gathered |= step.all_facts[place].changed
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
        f"reads_accumulated {bool(uses & gathered):d} {bool(uses & own):d} {facts.subkind} {stays:d}",
        (
            f"changes_accumulated {bool(facts.changed & gathered):d} {bool(uses & fresh):d} "
            f"{block.kind} {stays:d}"
        ),
        f"reads_prepared {bool(uses & prepared):d} {bool(uses & own):d} {block.kind} {stays:d}",
        (
            f"changes_in_loop {block.kind} {bool(facts.changed):d} "
            f"{bool(facts.changed & block.names):d} {stays:d}"
        ),
    ]


def _add_parent(step: Placement, found: list[str]) -> None:
    """Say how the statement goes with the block that it would stand in when it closes an inner one."""
    stack, level, facts = step.state.stack, step.level, step.facts
    if 0 < level < len(stack):
        block = stack[level - 1]
        leader = step.all_facts[block.header]
        found += [
            f"parent_header_and_name {leader.stem or leader.kind} {facts.stem or facts.subkind}",
            f"parent_size {step.parent} {size_class(block.length)} {step.out} {facts.kind}",
        ]


def _add_exit(step: Placement, found: list[str]) -> None:
    """Say what would be cut off behind a `return`, `raise`, `break` or `continue` at this level."""
    if not step.level:
        return
    block, facts = step.state.stack[step.level - 1], step.facts
    lost = bool((block.names & facts.read_later) - step.state.module)
    found += [
        f"exit_cuts_off {facts.subkind} {block.kind} {lost:d} {facts.after}",
        f"exit_in_block {facts.subkind} {block.kind} {size_class(block.length)} {facts.after} {step.out}",
    ]


def _add_clause(step: Placement, found: list[str]) -> None:
    """Say how an `else`, `elif`, `except` or `finally` goes with the block that it follows."""
    stack, statement, facts, last = step.state.stack, step.statement, step.facts, len(step.all_facts) - 1
    if step.level >= len(stack):
        return
    block = stack[step.level]
    header, kind = step.statements[block.header], statement.kind
    first = step.all_facts[min(block.header + 1, last)]
    shares = bool(header.uses & statement.uses)
    before = step.all_facts[step.place - 1].subkind
    told = (header.binds | header.uses) & step.statements[min(step.place + 1, last)].uses
    found += [
        f"clause_of_block {kind} {block.kind} {step.out}",
        f"clause_after_subkind {kind} {block.kind} {before} {shares:d} {step.out}",
        f"clause_of_size {kind} {block.kind} {size_class(block.length)} {facts.after}",
        f"clause_body_reads_header {kind} {block.kind} {bool(told):d}",
        f"clause_body_like_block {kind} {block.kind} {facts.next_subkind} {first.subkind}",
    ]
