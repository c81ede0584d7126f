"""Features of the names that a statement reads and binds, given a level."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cards.recover.code.placement import header_names

if TYPE_CHECKING:
    from cards.recover.code.nesting import OpenBlock
    from cards.recover.code.placement import Placement


def add_name_features(step: Placement, found: list[str]) -> None:
    """Add the features of the names that the statement reads and binds."""
    _add_scopes(step, found)
    _add_innermost_block(step, found)
    _add_conditions(step, found)
    _add_earlier_uses(step, found)


_OFTEN_UNUSED = frozenset({"_", "self", "cls", "args", "kwargs"})


def _add_scopes(step: Placement, found: list[str]) -> None:
    """Say which names it would find, and which it would take from what follows."""
    statement, placed, level, out = step.statement, step.state, step.level, step.out
    uses = statement.uses
    outer = placed.module
    for block in placed.stack[:level]:
        outer = outer | block.names
    for block in placed.stack[level:]:
        _add_closed_block(step, block, outer, found)
    for block in placed.stack[:level]:
        _add_open_block(step, block, found)
    if level:
        block = placed.stack[level - 1]
        if own := header_names(block, step.statements[block.header]):
            idle = bool(own - block.used - _OFTEN_UNUSED)
            later = bool(own & step.facts.read_later)
            found.append(f"parent_header_names {block.kind} {idle:d} {bool(own & uses):d} {later:d} {out}")
    in_function = any(block.kind == "def" for block in placed.stack[:level])
    known_outside = uses <= (placed.module | placed.functions)
    unknown = uses - outer - placed.functions
    found += [
        f"module_names_suffice {known_outside:d} {in_function:d} {bool(uses):d}",
        f"unknown_names {min(len(unknown), 2)} {in_function:d} {out}",
    ]
    if uses & placed.functions:
        found.append(f"reads_function {in_function:d}")
    if statement.binds and statement.binds <= placed.module:
        found.append(f"rebinds_module_names {in_function:d} {out}")


def _add_closed_block(step: Placement, block: OpenBlock, outer: frozenset[str], found: list[str]) -> None:
    """Say which names a block takes with it when it closes; `outer` are those that stay known."""
    statement, later = step.statement, step.facts.read_later
    header, kind, uses = step.statements[block.header], block.kind, statement.uses
    only = (uses & block.names) - outer
    own = header_names(block, header)
    if own and kind != "class":
        idle = own - block.used - _OFTEN_UNUSED
        wanted = (own & later) - outer
        found.append(f"closed_header_names {kind} {bool(idle):d} {bool(wanted):d} {bool(only & own):d}")
        if idle & later:
            found.append(f"closed_unread_name_wanted {kind}")
    elsewhere = ((block.names - own) & later) - outer
    found.append(f"closed_body_names_wanted {kind} {min(len(elsewhere), 2)}")
    if kind == "def":
        given = only & own
        found.append(f"closed_def_names_read {bool(given):d} {min(len(only - given), 2)}")
        if not only and uses:
            found.append("closed_def_no_names_read none")
        if header.name in uses:
            found.append("closed_def_called calls")
    elif kind == "class":
        found.append(f"closed_class_read {header.name in uses:d}")
    else:
        found.append(
            f"closed_block_names_read {kind} {bool(only & header.binds):d} {min(len(only - header.binds), 2)}"
        )
        if uses & header.uses:
            found.append(f"closed_header_reads_same {kind}")
        if kind == "while" and statement.binds & header.uses:
            found.append("closed_while_condition_bound while")
    if rebound := statement.binds & block.names:
        found.append(f"closed_names_rebound {kind} {statement.kind} {bool(rebound & uses):d}")


def _add_open_block(step: Placement, block: OpenBlock, found: list[str]) -> None:
    """Say which names a block that stays open gives the statement."""
    statement = step.statement
    header, kind, uses = step.statements[block.header], block.kind, statement.uses
    known = uses & block.names
    if kind == "def":
        given = bool(known & frozenset(header.parameters))
        found.append(f"open_def_names_read {given:d} {min(len(known), 2)} {step.out}")
        if header.name in uses:
            found.append("open_def_called recursion")
    elif kind != "class":
        found.append(f"open_block_names_read {kind} {bool(known & header.binds):d} {bool(known):d}")
        if kind == "while" and statement.binds & header.uses:
            found.append("open_while_condition_bound while")
        if uses & header.uses:
            found.append(f"open_header_reads_same {kind} {statement.kind}")


def _add_innermost_block(step: Placement, found: list[str]) -> None:
    """Say what the statement and the next one read of what the innermost block binds, and of the rest."""
    statement, inner, out = step.statement, step.innermost_kind, step.out
    before = step.statements[step.place - 1]
    if before.binds & statement.uses:
        found.append(f"reads_previous_binding {out} {inner} {step.facts.kind}")
    found.append(
        f"shares_names_with_previous {bool(statement.uses & before.uses):d} "
        f"{bool(statement.uses & before.binds):d} {inner} {out}"
    )
    if step.header is None:
        return
    block = step.state.stack[-1]
    own = header_names(block, step.header)
    body = block.names - own
    known, others = bool(body & statement.uses), bool(statement.uses - block.names)
    following = step.statements[step.place + 1].uses if step.place + 1 < len(step.statements) else frozenset()
    found += [
        f"body_names_and_others {inner} {known:d} {others:d} {step.facts.subkind} {out}",
        f"body_names_and_next {inner} {known:d} {bool(body & following):d} {step.facts.kind} {out}",
        f"header_names_and_next {inner} {bool(own & statement.uses):d} {bool(own & following):d} {out}",
    ]


def _add_conditions(step: Placement, found: list[str]) -> None:
    """Say whether the statement binds what an open condition asks."""
    for index, block in enumerate(step.state.stack):
        if block.kind in {"if", "elif", "else", "while"} and (
            step.statement.binds & step.statements[block.header].uses
        ):
            found.append(f"condition_names_bound {block.kind} {step.level <= index:d} {step.facts.kind}")


def _add_earlier_uses(step: Placement, found: list[str]) -> None:
    """Say at which level the statement's names were bound and used before."""
    facts, all_facts, inner, out = step.facts, step.all_facts, step.innermost_kind, step.out
    for places, none, where in (
        (facts.last_binder, "no_binder", ("binder_level_and_distance", "binder_level_and_kind")),
        (facts.last_user, "no_user", ("user_level_and_distance", "user_level_and_kind")),
    ):
        if places < 0:
            found.append(f"{none} {inner} {facts.subkind} {out}")
            continue
        side = _sign(step.state.levels[places] - step.level)
        found += [
            f"{where[0]} {side} {_distance(step.place - places)} {inner} {out}",
            f"{where[1]} {side} {all_facts[places].kind} {facts.kind} {out}",
        ]


def _sign(number: int) -> str:
    return "-" if number < 0 else "+" if number > 0 else "0"


def _distance(statements: int) -> str:
    return str(statements) if statements <= 2 else "4" if statements <= 4 else "9"
