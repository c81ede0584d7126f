"""What speaks for and against a level, as words whose weights a table holds.

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
    hints: Sequence[StatementFacts],
    place: int,
    placed: SearchState,
    level: int,
) -> list[str]:
    """Return the features of putting a statement at a level."""
    step = placement_of(statements, hints, place, placed, level)
    found: list[str] = []
    _add_kinds(step, found)
    _add_comments(step, found)
    _add_methods(step, found)
    _add_neighbours(step, found)
    _add_called_and_assigned(step, found)
    add_block_features(step, found)
    add_name_features(step, found)
    return found


def _add_kinds(step: Placement, found: list[str]) -> None:
    hint, out, inner, parent, shut, size = (
        step.facts,
        step.out,
        step.innermost_kind,
        step.parent,
        step.closed_kinds,
        step.size,
    )
    kind, before = hint.kind, step.all_facts[step.place - 1].kind
    found += [
        f"kind_after_kind {kind} {before} {out}",
        f"kind_in_innermost {kind} {inner} {out}",
        f"kind_in_parent {parent} {kind} {out}",
        f"closed_and_parent {shut} {parent}",
        f"closed_and_kind {shut} {kind}",
        f"level_and_kind {min(step.level, 3)} {kind}",
        f"kind_and_next_kind {kind} {hint.after} {out}",
        f"statements_left {hint.statements_left} {out} {inner}",
        f"parent_and_next_kind {parent} {hint.after}",
        f"closed_between_kinds {shut} {before} {kind}",
        f"innermost_size {size} {inner} {out}",
        f"innermost_size_and_kind {size} {inner} {kind} {out}",
    ]
    fine, fine_before = hint.subkind, step.all_facts[step.place - 1].subkind
    found += [
        f"subkind_after_subkind {fine_before} {fine} {out}",
        f"subkind_and_next_in_innermost {inner} {fine} {hint.next_subkind} {out}",
        f"subkind_and_previous_in_parent {parent} {fine} {fine_before} {out}",
        f"kind_and_next_two_kinds {kind} {hint.after} {hint.kind_after_next} {out}",
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
    hint, stack, hints = step.facts, step.state.stack, step.all_facts
    if hint.kind in {"def", "dunder", "decorator"}:
        above = next(
            (hints[block.header].is_method for block in reversed(stack) if block.kind == "def"), None
        )
        found += [
            f"method_in_parent {hint.method:d} {step.parent}",
            f"method_after_closed {hint.method:d} {step.parent} {step.closed_kinds}",
            f"method_in_open_function {hint.method:d} {above} {step.parent}",
        ]
    if hint.uses_self:
        owned = any(hints[block.header].is_method for block in stack[: step.level] if block.kind == "def")
        found.append(f"self_in_method {owned:d}")


def _add_neighbours(step: Placement, found: list[str]) -> None:
    """Say how alike the statement is to the one before it, and to the one above it at the same level."""
    hint, out, place = step.facts, step.out, step.place
    sibling = _sibling(step.state, step.level)
    if sibling >= 0:
        other = step.all_facts[sibling]
        found.append(f"sibling_kind {other.kind} {hint.kind} {out}")
        if other.callee and other.callee == hint.callee:
            found.append(f"sibling_same_callee {out}")
        if other.head and other.head == hint.head:
            found.append(f"sibling_same_target {out}")
        if sibling != place - 1 and hint.base and hint.base in {other.base, other.head}:
            found.append(f"sibling_same_object {out}")
        if sibling != place - 1 and other.stem and other.stem == hint.stem:
            found.append(f"sibling_same_callee_name {out} {hint.kind}")
    before = step.all_facts[place - 1]
    if place and hint.callee and hint.callee == before.callee:
        found.append(f"previous_same_callee {out}")
    if place and hint.head and hint.head == before.head:
        found.append(f"previous_same_target {out} {step.innermost_kind}")
    if place and hint.base and hint.base in {before.base, before.head}:
        found.append(f"previous_same_object {out} {step.innermost_kind}")
    if hint.next_uses_binding:
        found.append(f"next_reads_binding {hint.after} {out} {step.innermost_kind}")
    if before.stem:
        found.append(f"previous_callee_name {before.stem} {out}")
    if step.state.stack:
        first = step.state.stack[-1].header + 1
        opening = step.all_facts[first]
        run = all(one.subkind == hint.subkind for one in step.all_facts[first:place])
        based = bool(hint.base) and opening.base == hint.base
        found.append(f"innermost_uniform {run:d} {based:d} {step.size} {out}")
        if hint.stem and hint.stem == opening.stem:
            found.append(f"first_same_callee_name {step.innermost_kind} {out}")
    if hint.earlier_match >= 1:
        levels = step.state.levels
        same = levels[hint.earlier_match] - levels[hint.earlier_match - 1] == step.level - levels[-1]
        found += [f"repeated_pair {same:d}", f"repeated_pair {same:d} {hint.kind} {out}"]


def _add_called_and_assigned(step: Placement, found: list[str]) -> None:
    """Name what is called and assigned: some things are nearly always done inside a loop, some never."""
    hint, out = step.facts, step.out
    if hint.stem:
        found += [
            f"callee_name {hint.stem} {out}",
            f"callee_name_in_parent {hint.stem} {step.parent}",
            f"callee_level {hint.callee} {min(step.level, 1)}",
        ]
    if hint.head and not hint.uses_self:
        found.append(f"target {hint.head} {out}")
    before = step.all_facts[step.place - 1]
    found += [
        f"name_after_name {before.stem or before.subkind} {hint.stem or hint.subkind} {bool(out):d}",
        f"next_callee_name {hint.next_callee_name} {step.innermost_kind} {hint.kind} {bool(out):d}",
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
