"""Features of putting one statement at one level, as texts that key the table of weights.

A feature is a word; the table was learned from code that is indented (scripts/learn_indentation.py).
Numbers are cut into few classes, so that the same word is met often.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cards.recover.code.block_features import add_block_features
from cards.recover.code.name_features import add_name_features
from cards.recover.code.placement import placement_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cards.recover.code.placement import Placement, SearchState
    from cards.recover.code.statement import Statement
    from cards.recover.code.statement_facts import StatementFacts


def placement_features(
    statements: Sequence[Statement],
    all_facts: Sequence[StatementFacts],
    place: int,
    placed: SearchState,
    level: int,
) -> list[str]:
    """Return the features of putting one statement at one level."""
    step = placement_of(statements, all_facts, place, placed, level)
    found: list[str] = []
    _add_kinds(step, found)
    _add_comments(step, found)
    _add_methods(step, found)
    _add_sibling(step, found)
    _add_previous(step, found)
    _add_innermost_block(step, found)
    _add_repeated_pair(step, found)
    _add_called_and_assigned(step, found)
    add_block_features(step, found)
    add_name_features(step, found)
    return found


def _add_kinds(step: Placement, found: list[str]) -> None:
    facts, out, inner, parent, shut, size = (
        step.facts,
        step.out,
        step.innermost_kind,
        step.parent,
        step.closed_kinds,
        step.size,
    )
    kind, before = facts.kind, step.all_facts[step.place - 1].kind
    found += [
        f"kind_after_kind {kind} {before} {out}",
        f"kind_in_innermost {kind} {inner} {out}",
        f"kind_in_parent {parent} {kind} {out}",
        f"closed_and_parent {shut} {parent}",
        f"closed_and_kind {shut} {kind}",
        f"level_and_kind {min(step.level, 3)} {kind}",
        f"kind_and_next_kind {kind} {facts.after} {out}",
        f"statements_left {facts.statements_left} {out} {inner}",
        f"parent_and_next_kind {parent} {facts.after}",
        f"closed_between_kinds {shut} {before} {kind}",
        f"innermost_size {size} {inner} {out}",
        f"innermost_size_and_kind {size} {inner} {kind} {out}",
    ]
    fine, fine_before = facts.subkind, step.all_facts[step.place - 1].subkind
    found += [
        f"subkind_after_subkind {fine_before} {fine} {out}",
        f"subkind_and_next_in_innermost {inner} {fine} {facts.next_subkind} {out}",
        f"subkind_and_previous_in_parent {parent} {fine} {fine_before} {out}",
        f"kind_and_next_two_kinds {kind} {facts.after} {facts.kind_after_next} {out}",
    ]


def _add_comments(step: Placement, found: list[str]) -> None:
    kind, out, comment = step.facts.kind, step.out, step.facts.comment
    if step.statement.comments:
        found += [
            f"commented_in_innermost {step.innermost_kind} {out}",
            f"commented_kind {kind} {out} {min(step.level, 2)}",
            f"comment_word {comment} {out}",
            f"comment_word_level {comment} {min(step.level, 1)}",
        ]
    else:
        found += [
            f"uncommented_in_innermost {step.innermost_kind} {out}",
            f"uncommented_kind_in_parent {kind} {step.parent} {out}",
        ]
    if step.state.stack:
        first = step.state.stack[-1].header + 1
        told = any(one.comments for one in step.statements[first : step.place])
        remarks = step.statement.comments
        found += [
            f"comments_in_innermost {bool(remarks):d} {told:d} {step.size} {out}",
            f"comment_lines {min(len(remarks), 2)} {step.innermost_kind} {kind} {out}",
        ]


def _add_methods(step: Placement, found: list[str]) -> None:
    """Say whether methods stand in classes and functions outside, and whether `self` is somebody's."""
    facts, stack, all_facts = step.facts, step.state.stack, step.all_facts
    if facts.kind in {"def", "dunder", "decorator"}:
        above = next(
            (all_facts[block.header].is_method for block in reversed(stack) if block.kind == "def"), None
        )
        found += [
            f"method_in_parent {facts.method:d} {step.parent}",
            f"method_after_closed {facts.method:d} {step.parent} {step.closed_kinds}",
            f"method_in_open_function {facts.method:d} {above} {step.parent}",
        ]
    if facts.uses_self:
        owned = any(all_facts[block.header].is_method for block in stack[: step.level] if block.kind == "def")
        found.append(f"self_in_method {owned:d}")


def _add_sibling(step: Placement, found: list[str]) -> None:
    """Say how alike the statement is to the one above it at the same level."""
    facts, out, place = step.facts, step.out, step.place
    sibling = _sibling(step.state, step.level)
    if sibling < 0:
        return
    other = step.all_facts[sibling]
    found.append(f"sibling_kind {other.kind} {facts.kind} {out}")
    if other.callee and other.callee == facts.callee:
        found.append(f"sibling_same_callee {out}")
    if other.head and other.head == facts.head:
        found.append(f"sibling_same_target {out}")
    if sibling == place - 1:
        return
    if facts.base and facts.base in {other.base, other.head}:
        found.append(f"sibling_same_object {out}")
    if other.stem and other.stem == facts.stem:
        found.append(f"sibling_same_callee_name {out} {facts.kind}")


def _add_previous(step: Placement, found: list[str]) -> None:
    """Say how alike the statement is to the one right before it, and whether the next reads its names."""
    facts, out, place = step.facts, step.out, step.place
    before = step.all_facts[place - 1]
    if place and facts.callee and facts.callee == before.callee:
        found.append(f"previous_same_callee {out}")
    if place and facts.head and facts.head == before.head:
        found.append(f"previous_same_target {out} {step.innermost_kind}")
    if place and facts.base and facts.base in {before.base, before.head}:
        found.append(f"previous_same_object {out} {step.innermost_kind}")
    if facts.next_uses_binding:
        found.append(f"next_reads_binding {facts.after} {out} {step.innermost_kind}")
    if before.stem:
        found.append(f"previous_callee_name {before.stem} {out}")


def _add_innermost_block(step: Placement, found: list[str]) -> None:
    """Say how alike the statement is to those that stand in the innermost open block so far."""
    if not step.state.stack:
        return
    facts, out = step.facts, step.out
    first = step.state.stack[-1].header + 1
    opening = step.all_facts[first]
    run = all(one.subkind == facts.subkind for one in step.all_facts[first : step.place])
    based = bool(facts.base) and opening.base == facts.base
    found.append(f"innermost_uniform {run:d} {based:d} {step.size} {out}")
    if facts.stem and facts.stem == opening.stem:
        found.append(f"first_same_callee_name {step.innermost_kind} {out}")


def _add_repeated_pair(step: Placement, found: list[str]) -> None:
    """Say whether the statement stands to the one before it as in the earlier pair that is like them."""
    facts = step.facts
    if facts.earlier_match >= 1:
        levels = step.state.levels
        same = levels[facts.earlier_match] - levels[facts.earlier_match - 1] == step.level - levels[-1]
        found += [f"repeated_pair {same:d}", f"repeated_pair {same:d} {facts.kind} {step.out}"]


def _add_called_and_assigned(step: Placement, found: list[str]) -> None:
    """Name what is called and assigned: some things are nearly always done inside a loop, some never."""
    facts, out = step.facts, step.out
    if facts.stem:
        found += [
            f"callee_name {facts.stem} {out}",
            f"callee_name_in_parent {facts.stem} {step.parent}",
            f"callee_level {facts.callee} {min(step.level, 1)}",
        ]
    if facts.head and not facts.uses_self:
        found.append(f"target {facts.head} {out}")
    before = step.all_facts[step.place - 1]
    found += [
        f"name_after_name {before.stem or before.subkind} {facts.stem or facts.subkind} {bool(out):d}",
        f"next_callee_name {facts.next_callee_name} {step.innermost_kind} {facts.kind} {bool(out):d}",
    ]


def _sibling(placed: SearchState, level: int) -> int:
    """Return the last statement at this level in the block where the new one would stand; -1 for none."""
    levels = placed.levels
    for place in range(len(levels) - 1, -1, -1):
        if levels[place] == level:
            return place
        if levels[place] < level:
            return -1
    return -1
