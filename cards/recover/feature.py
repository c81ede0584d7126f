"""What speaks for and against a level, as words whose weights a table holds.

A feature is a word; the table was learned from code that is indented (scripts/learn_indentation.py).
Numbers are cut into few classes, so that the same word is met often.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cards.recover.nest import Stack
    from cards.recover.statement import Statement


_FAR = 5
"""Statements that are looked at ahead."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A way to read the statements so far."""

    stack: Stack
    """What is open."""
    module: frozenset[str]
    """Names bound outside every function and class."""
    levels: tuple[int, ...]
    """Of the statements so far."""
    functions: frozenset[str]
    """Functions and classes that were defined and closed."""


@dataclass(frozen=True, slots=True)
class Hint:
    """What a statement says by itself, written as words once."""

    kind: str
    own: bool
    """It is a function whose first parameter is `self` or `cls`."""
    method: bool
    """It, or the function that it decorates, is such a function."""
    callee: str
    stem: str
    """The last part of the callee."""
    comment: str
    target: str
    head: str
    """The first part of the target."""
    owner: bool
    """It uses `self`."""
    remaining: str
    after: str
    """The kind of the next statement."""
    after_uses: bool
    """The next statement uses what this one binds."""
    later: frozenset[str]
    """What the next statements read before they bind it."""


def hints_of(statements: Sequence[Statement]) -> tuple[Hint, ...]:
    """Return one hint a statement."""
    hints: list[Hint] = []
    total = len(statements)
    for place, statement in enumerate(statements):
        following = statements[place + 1] if place + 1 < total else None
        heir = next((later for later in statements[place:] if later.kind != "decorator"), statement)
        own = statement.kind == "def" and statement.parameters[:1] in {("self",), ("cls",)}
        decorated = statement.kind == "decorator" and heir.kind == "def" and heir.parameters[:1] in {("self",), ("cls",)}
        kind = statement.kind
        if kind == "assign" and statement.target[:1].isupper() and statement.target.isupper():
            kind = "constant"
        elif kind == "assign" and statement.target.startswith("self."):
            kind = "self-assign"
        elif kind == "if" and "__name__" in statement.uses:
            kind = "main"
        elif kind == "def" and statement.name.startswith("__"):
            kind = "dunder"
        words = statement.comment.lstrip("# ").split()
        hints.append(
            Hint(
                kind,
                own,
                own or decorated,
                statement.callee,
                statement.callee.rpartition(".")[2],
                words[0].strip(":.,").lower() if words else "",
                statement.target,
                statement.target.partition(".")[0].partition("[")[0],
                "self" in statement.uses,
                str(min(total - place - 1, 3)),
                following.kind if following else "end",
                bool(following and statement.binds & following.uses),
                _later(statements, place),
            )
        )
    return tuple(hints)


def _later(statements: Sequence[Statement], place: int) -> frozenset[str]:
    reads: frozenset[str] = frozenset()
    bound = statements[place].binds
    for statement in statements[place + 1 : place + 1 + _FAR]:
        if statement.kind in {"def", "class"}:
            break
        reads |= statement.uses - bound
        bound |= statement.binds
    return reads


def features(
    statements: Sequence[Statement], hints: Sequence[Hint], place: int, placed: Placed, level: int
) -> list[str]:
    """Return the features of putting a statement at a level."""
    statement, hint = statements[place], hints[place]
    before, hint_before = statements[place - 1], hints[place - 1]
    stack = placed.stack
    depth = len(stack)
    closed = stack[level:]
    inner = stack[-1].kind if stack else "module"
    parent = stack[level - 1].kind if level else "module"
    out = min(depth - level, 3)
    kind = hint.kind
    shut = "+".join(block.kind for block in closed[:3])
    found = [
        f"a {kind} {hint_before.kind} {out}",
        f"b {kind} {inner} {out}",
        f"c {parent} {kind} {out}",
        f"d {shut} {parent}",
        f"e {shut} {kind}",
        f"f {min(level, 3)} {kind}",
        f"g {kind} {hint.after} {out}",
        f"h {hint.remaining} {out} {inner}",
        f"i {parent} {hint.after}",
        f"j {shut} {hint_before.kind} {kind}",
    ]
    add = found.append
    length = stack[-1].length if stack else 0
    size = "1" if length <= 1 else "2" if length == 2 else "4" if length <= 4 else "8" if length <= 8 else "9"
    add(f"k {size} {inner} {out}")
    add(f"l {size} {inner} {kind} {out}")
    if statement.comments:
        add(f"m {inner} {out}")
        add(f"n {kind} {out} {min(level, 2)}")
        add(f"o {hint.comment} {out}")
        add(f"p {hint.comment} {min(level, 1)}")
    else:
        add(f"q {inner} {out}")
        add(f"Q {kind} {parent} {out}")
    _of_names(found, statements, statement, hint, placed, level)
    # Methods stand in classes, functions outside.
    if kind in {"def", "dunder", "decorator"}:
        add(f"r {hint.method:d} {parent}")
        add(f"s {hint.method:d} {parent} {shut}")
        above = next((hints[block.header].own for block in reversed(stack) if block.kind == "def"), None)
        add(f"t {hint.method:d} {above} {parent}")
    if hint.owner:
        functions = [block.header for block in stack[:level] if block.kind == "def"]
        add(f"u {any(hints[header].own for header in functions):d}")
    # The statement above at the same level, if one is: its sibling.
    sibling = _sibling(placed, level)
    if sibling >= 0:
        other = hints[sibling]
        add(f"v {other.kind} {kind} {out}")
        if other.callee and other.callee == hint.callee:
            add(f"w {out}")
        if other.head and other.head == hint.head:
            add(f"x {out}")
        if sibling != place - 1 and other.stem and other.stem == hint.stem:
            add(f"X {out} {kind}")
    if before is not statement:
        if hint.callee and hint.callee == hint_before.callee:
            add(f"y {out}")
        if hint.head and hint.head == hint_before.head:
            add(f"z {out} {inner}")
    if hint.stem:
        add(f"A {hint.stem} {out}")
        add(f"B {hint.stem} {parent}")
        add(f"C {hint.callee} {min(level, 1)}")
    if hint.head and not hint.owner:
        add(f"D {hint.head} {out}")
    if hint.after_uses:
        add(f"E {hint.after} {out} {inner}")
    if hint_before.stem:
        add(f"F {hint_before.stem} {out}")
    return found


_UNUSED = frozenset({"_", "self", "cls", "args", "kwargs"})


def _of_names(
    found: list[str],
    statements: Sequence[Statement],
    statement: Statement,
    hint: Hint,
    placed: Placed,
    level: int,
) -> None:
    """Say what becomes of the names that the statement uses and binds."""
    add = found.append
    stack = placed.stack
    out = min(len(stack) - level, 3)
    uses = statement.uses
    # Names known only inside what would be closed, and names of what stays open.
    outer = placed.module
    for block in stack[:level]:
        outer = outer | block.names
    for block in stack[level:]:
        header = statements[block.header]
        only = (uses & block.names) - outer
        own = frozenset(header.parameters) if block.kind == "def" else header.binds
        if own and block.kind not in {"class"}:
            idle = own - block.used - _UNUSED
            wanted = (own & hint.later) - outer
            add(f"Ga {block.kind} {bool(idle):d} {bool(wanted):d} {bool(only & own):d}")
            if idle and idle & hint.later:
                add(f"Gb {block.kind}")
        elsewhere = ((block.names - own) & hint.later) - outer
        add(f"Gc {block.kind} {min(len(elsewhere), 2)}")
        if block.kind == "def":
            given = only & frozenset(header.parameters)
            add(f"G {bool(given):d} {min(len(only - given), 2)}")
            if not only and uses:
                add("H none")
            if header.name in uses:
                add("I calls")
        elif block.kind == "class":
            add(f"J {header.name in uses:d}")
        else:
            bound = only & header.binds
            add(f"K {block.kind} {bool(bound):d} {min(len(only - bound), 2)}")
            if uses & header.uses:
                add(f"L {block.kind}")
            if block.kind == "while" and statement.binds & header.uses:
                add("M while")
        rebound = statement.binds & block.names
        if rebound:
            add(f"N {block.kind} {statement.kind} {bool(rebound & uses):d}")
    for block in stack[:level]:
        header = statements[block.header]
        if block.kind == "def":
            known = uses & block.names
            add(f"O {bool(known & frozenset(header.parameters)):d} {min(len(known), 2)} {out}")
            if header.name in uses:
                add("P recursion")
        elif block.kind != "class":
            mine = uses & block.names
            add(f"R {block.kind} {bool(mine & header.binds):d} {bool(mine):d}")
            if block.kind == "while" and statement.binds & header.uses:
                add("S while")
            if uses & header.uses:
                add(f"T {block.kind} {statement.kind}")
    for block in stack[max(0, level - 1) : level]:
        header = statements[block.header]
        own = frozenset(header.parameters) if block.kind == "def" else header.binds
        if own:
            add(f"Ra {block.kind} {bool(own - block.used - _UNUSED):d} {bool(own & uses):d} {bool(own & hint.later):d} {out}")
    known_outside = uses <= (placed.module | placed.functions)
    in_function = any(block.kind == "def" for block in stack[:level])
    add(f"U {known_outside:d} {in_function:d} {bool(uses):d}")
    unknown = uses - outer - placed.functions
    add(f"V {min(len(unknown), 2)} {in_function:d} {out}")
    if uses & placed.functions:
        add(f"W {in_function:d}")
    if statement.binds and statement.binds <= placed.module:
        add(f"Y {in_function:d} {out}")


def _sibling(placed: Placed, level: int) -> int:
    """Return the last statement at this level in the block where the new one would stand; -1 for none."""
    levels = placed.levels
    for place in range(len(levels) - 1, -1, -1):
        if levels[place] == level:
            return place
        if levels[place] < level:
            return -1
    return -1
