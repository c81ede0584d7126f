"""What speaks for and against a level, as words whose weights a table holds.

A feature is a word; the table was learned from code that is indented (scripts/learn_indentation.py).
Numbers are cut into few classes, so that the same word is met often.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cards.recover.nest import Open, Stack
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
    base: str
    """The object whose method is called."""
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
        decorated = (
            statement.kind == "decorator"
            and heir.kind == "def"
            and heir.parameters[:1] in {("self",), ("cls",)}
        )
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
                statement.callee.partition(".")[0] if "." in statement.callee else "",
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


@dataclass(frozen=True, slots=True)
class _Step:
    """A statement, and a level that it is put at."""

    statements: Sequence[Statement]
    hints: Sequence[Hint]
    place: int
    placed: Placed
    level: int
    statement: Statement
    hint: Hint
    out: int
    """Blocks that it closes, at most 3."""
    inner: str
    """The kind of the innermost block before it."""
    parent: str
    """The kind of the block that it would stand in."""
    shut: str
    """The kinds of the blocks that it closes."""
    size: str
    """A class of the innermost block's length so far."""


def features(
    statements: Sequence[Statement], hints: Sequence[Hint], place: int, placed: Placed, level: int
) -> list[str]:
    """Return the features of putting a statement at a level."""
    stack = placed.stack
    length = stack[-1].length if stack else 0
    step = _Step(
        statements,
        hints,
        place,
        placed,
        level,
        statements[place],
        hints[place],
        min(len(stack) - level, 3),
        stack[-1].kind if stack else "module",
        stack[level - 1].kind if level else "module",
        "+".join([block.kind for block in stack[level : level + 3]]),
        next((name for most, name in _SIZES if length <= most), "9"),
    )
    found: list[str] = []
    _of_kinds(step, found)
    _of_comments(step, found)
    _of_leader(step, found)
    _of_methods(step, found)
    _of_neighbours(step, found)
    _of_words(step, found)
    _of_names(step, found)
    return found


_SIZES = ((1, "1"), (2, "2"), (4, "4"), (8, "8"))


def _of_kinds(step: _Step, found: list[str]) -> None:
    hint, out, inner, parent, shut, size = step.hint, step.out, step.inner, step.parent, step.shut, step.size
    kind, before = hint.kind, step.hints[step.place - 1].kind
    found += [
        f"a {kind} {before} {out}",
        f"b {kind} {inner} {out}",
        f"c {parent} {kind} {out}",
        f"d {shut} {parent}",
        f"e {shut} {kind}",
        f"f {min(step.level, 3)} {kind}",
        f"g {kind} {hint.after} {out}",
        f"h {hint.remaining} {out} {inner}",
        f"i {parent} {hint.after}",
        f"j {shut} {before} {kind}",
        f"k {size} {inner} {out}",
        f"l {size} {inner} {kind} {out}",
    ]


def _of_comments(step: _Step, found: list[str]) -> None:
    kind, out, comment = step.hint.kind, step.out, step.hint.comment
    if step.statement.comments:
        found += [
            f"m {step.inner} {out}",
            f"n {kind} {out} {min(step.level, 2)}",
            f"o {comment} {out}",
            f"p {comment} {min(step.level, 1)}",
        ]
    else:
        found += [f"q {step.inner} {out}", f"Q {kind} {step.parent} {out}"]


def _of_leader(step: _Step, found: list[str]) -> None:
    """Say how the statement goes with the header of the innermost block, and with what that block binds."""
    statement, hint, out, inner = step.statement, step.hint, step.out, step.inner
    if step.statements[step.place - 1].binds & statement.uses:
        found.append(f"Z {out} {inner} {hint.kind}")
    if not step.placed.stack:
        return
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


def _of_methods(step: _Step, found: list[str]) -> None:
    """Say whether methods stand in classes and functions outside, and whether `self` is somebody's."""
    hint, stack, hints = step.hint, step.placed.stack, step.hints
    if hint.kind in {"def", "dunder", "decorator"}:
        above = next((hints[block.header].own for block in reversed(stack) if block.kind == "def"), None)
        found += [
            f"r {hint.method:d} {step.parent}",
            f"s {hint.method:d} {step.parent} {step.shut}",
            f"t {hint.method:d} {above} {step.parent}",
        ]
    if hint.owner:
        owned = any(hints[block.header].own for block in stack[: step.level] if block.kind == "def")
        found.append(f"u {owned:d}")


def _of_neighbours(step: _Step, found: list[str]) -> None:
    """Say how alike the statement is to the one before it, and to the one above it at the same level."""
    hint, out, place = step.hint, step.out, step.place
    sibling = _sibling(step.placed, step.level)
    if sibling >= 0:
        other = step.hints[sibling]
        found.append(f"v {other.kind} {hint.kind} {out}")
        if other.callee and other.callee == hint.callee:
            found.append(f"w {out}")
        if other.head and other.head == hint.head:
            found.append(f"x {out}")
        if sibling != place - 1 and hint.base and hint.base in {other.base, other.head}:
            found.append(f"xb {out}")
        if sibling != place - 1 and other.stem and other.stem == hint.stem:
            found.append(f"X {out} {hint.kind}")
    before = step.hints[place - 1]
    if place and hint.callee and hint.callee == before.callee:
        found.append(f"y {out}")
    if place and hint.head and hint.head == before.head:
        found.append(f"z {out} {step.inner}")
    if place and hint.base and hint.base in {before.base, before.head}:
        found.append(f"yb {out} {step.inner}")
    if hint.after_uses:
        found.append(f"E {hint.after} {out} {step.inner}")
    if before.stem:
        found.append(f"F {before.stem} {out}")


def _of_words(step: _Step, found: list[str]) -> None:
    """Name what is called and assigned: some things are nearly always done inside a loop, some never."""
    hint, out = step.hint, step.out
    if hint.stem:
        found += [
            f"A {hint.stem} {out}",
            f"B {hint.stem} {step.parent}",
            f"C {hint.callee} {min(step.level, 1)}",
        ]
    if hint.head and not hint.owner:
        found.append(f"D {hint.head} {out}")


_UNUSED = frozenset({"_", "self", "cls", "args", "kwargs"})


def _own(block: Open, header: Statement) -> frozenset[str]:
    """Return the names that a header gives its block: parameters, loop variables, aliases."""
    return frozenset(header.parameters) if block.kind == "def" else header.binds


def _of_names(step: _Step, found: list[str]) -> None:
    """Say what becomes of the names that the statement uses and binds."""
    statement, placed, level, out = step.statement, step.placed, step.level, step.out
    uses = statement.uses
    outer = placed.module
    for block in placed.stack[:level]:
        outer = outer | block.names
    for block in placed.stack[level:]:
        _of_closed(step, block, outer, found)
    for block in placed.stack[:level]:
        _of_open(step, block, found)
    if level:
        block = placed.stack[level - 1]
        if own := _own(block, step.statements[block.header]):
            idle = bool(own - block.used - _UNUSED)
            later = bool(own & step.hint.later)
            found.append(f"Ra {block.kind} {idle:d} {bool(own & uses):d} {later:d} {out}")
    in_function = any(block.kind == "def" for block in placed.stack[:level])
    known_outside = uses <= (placed.module | placed.functions)
    unknown = uses - outer - placed.functions
    found += [
        f"U {known_outside:d} {in_function:d} {bool(uses):d}",
        f"V {min(len(unknown), 2)} {in_function:d} {out}",
    ]
    if uses & placed.functions:
        found.append(f"W {in_function:d}")
    if statement.binds and statement.binds <= placed.module:
        found.append(f"Y {in_function:d} {out}")


def _of_closed(step: _Step, block: Open, outer: frozenset[str], found: list[str]) -> None:
    """Say which names a block takes with it when it closes; `outer` are those that stay known."""
    statement, later = step.statement, step.hint.later
    header, kind, uses = step.statements[block.header], block.kind, statement.uses
    only = (uses & block.names) - outer
    own = _own(block, header)
    if own and kind != "class":
        idle = own - block.used - _UNUSED
        wanted = (own & later) - outer
        found.append(f"Ga {kind} {bool(idle):d} {bool(wanted):d} {bool(only & own):d}")
        if idle & later:
            found.append(f"Gb {kind}")
    elsewhere = ((block.names - own) & later) - outer
    found.append(f"Gc {kind} {min(len(elsewhere), 2)}")
    if kind == "def":
        given = only & own
        found.append(f"G {bool(given):d} {min(len(only - given), 2)}")
        if not only and uses:
            found.append("H none")
        if header.name in uses:
            found.append("I calls")
    elif kind == "class":
        found.append(f"J {header.name in uses:d}")
    else:
        found.append(f"K {kind} {bool(only & header.binds):d} {min(len(only - header.binds), 2)}")
        if uses & header.uses:
            found.append(f"L {kind}")
        if kind == "while" and statement.binds & header.uses:
            found.append("M while")
    if rebound := statement.binds & block.names:
        found.append(f"N {kind} {statement.kind} {bool(rebound & uses):d}")


def _of_open(step: _Step, block: Open, found: list[str]) -> None:
    """Say which names a block that stays open gives the statement."""
    statement = step.statement
    header, kind, uses = step.statements[block.header], block.kind, statement.uses
    known = uses & block.names
    if kind == "def":
        given = bool(known & frozenset(header.parameters))
        found.append(f"O {given:d} {min(len(known), 2)} {step.out}")
        if header.name in uses:
            found.append("P recursion")
    elif kind != "class":
        found.append(f"R {kind} {bool(known & header.binds):d} {bool(known):d}")
        if kind == "while" and statement.binds & header.uses:
            found.append("S while")
        if uses & header.uses:
            found.append(f"T {kind} {statement.kind}")


def _sibling(placed: Placed, level: int) -> int:
    """Return the last statement at this level in the block where the new one would stand; -1 for none."""
    levels = placed.levels
    for place in range(len(levels) - 1, -1, -1):
        if levels[place] == level:
            return place
        if levels[place] < level:
            return -1
    return -1
