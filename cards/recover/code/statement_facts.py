"""Facts about a statement that do not depend on its level."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cards.recover.code.statement import Statement

_LOOKAHEAD_STATEMENTS = 5
"""Statements that are looked at ahead."""
_MUTATING_METHODS = frozenset(
    {
        "add",
        "append",
        "appendleft",
        "extend",
        "insert",
        "pop",
        "popleft",
        "push",
        "put",
        "update",
        "update_state",
        "write",
    }
)
"""Methods that change what they are called on."""


@dataclass(frozen=True, slots=True)
class StatementFacts:
    """Facts about one statement and its neighbours, computed once."""

    kind: str
    is_method: bool
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
    uses_self: bool
    """It uses `self`."""
    statements_left: str
    after: str
    """The kind of the next statement."""
    next_uses_binding: bool
    """The next statement uses what this one binds."""
    read_later: frozenset[str]
    """What the next statements read before they bind it."""
    subkind: str
    """The kind, told finer."""
    next_subkind: str
    next_callee_name: str
    kind_after_next: str
    """The kind of the statement behind the next one."""
    changed: frozenset[str]
    """What it adds to or changes a part of."""
    last_binder: int
    """The nearest statement before that binds a name it uses; -1 for none."""
    last_user: int
    """The nearest statement before that uses a name it uses or binds; -1 for none."""
    earlier_match: int
    """The last statement that was like it, behind one like the one before it; -1 for none."""


def facts_of(statements: Sequence[Statement]) -> tuple[StatementFacts, ...]:
    """Return the facts of each statement and its neighbours."""
    links = _earlier_statements(statements)
    return tuple(_facts_at(statements, place, links[place]) for place in range(len(statements)))


def _facts_at(statements: Sequence[Statement], place: int, links: tuple[int, int, int]) -> StatementFacts:
    """Return the facts of one statement, with its links to earlier ones."""
    statement = statements[place]
    following = statements[place + 1] if place + 1 < len(statements) else None
    heir = next((later for later in statements[place:] if later.kind != "decorator"), statement)
    kind = _kind(statement)
    last_binder, last_user, earlier_match = links
    return StatementFacts(
        kind=kind,
        is_method=_is_method(statement),
        method=_is_method(heir),
        callee=statement.callee,
        stem=statement.callee.rpartition(".")[2],
        comment=_first_word(statement.comment),
        target=statement.target,
        head=_root(statement.target),
        base=statement.callee.partition(".")[0] if "." in statement.callee else "",
        uses_self="self" in statement.uses,
        statements_left=str(min(len(statements) - place - 1, 3)),
        after=following.kind if following else "end",
        next_uses_binding=bool(following and statement.binds & following.uses),
        read_later=_read_later(statements, place),
        subkind=_subkind(statement, kind),
        next_subkind=_subkind(following, following.kind) if following else "end",
        next_callee_name=following.callee.rpartition(".")[2] if following else "",
        kind_after_next=statements[place + 2].kind if place + 2 < len(statements) else "end",
        changed=_changed_names(statement),
        last_binder=last_binder,
        last_user=last_user,
        earlier_match=earlier_match,
    )


def _kind(statement: Statement) -> str:
    """Return the kind; constants, attributes of `self`, the main guard and dunders have their own."""
    match statement.kind:
        case "assign" if statement.target[:1].isupper() and statement.target.isupper():
            return "constant"
        case "assign" if statement.target.startswith("self."):
            return "self-assign"
        case "if" if "__name__" in statement.uses:
            return "main"
        case "def" if statement.name.startswith("__"):
            return "dunder"
        case kind:
            return kind


def _is_method(statement: Statement) -> bool:
    """Tell whether it is a function whose first parameter is `self` or `cls`."""
    return statement.kind == "def" and statement.parameters[:1] in {("self",), ("cls",)}


def _first_word(comment: str) -> str:
    words = comment.lstrip("# ").split()
    return words[0].strip(":.,").lower() if words else ""


def _root(target: str) -> str:
    """Return the name that a dotted or indexed target begins with."""
    return target.partition(".")[0].partition("[")[0]


def _read_later(statements: Sequence[Statement], place: int) -> frozenset[str]:
    reads: frozenset[str] = frozenset()
    bound = statements[place].binds
    for statement in statements[place + 1 : place + 1 + _LOOKAHEAD_STATEMENTS]:
        if statement.kind in {"def", "class"}:
            break
        reads |= statement.uses - bound
        bound |= statement.binds
    return reads


def _subkind(statement: Statement, kind: str) -> str:
    """Return the kind, told finer where that says more."""
    match kind:
        case "return" if statement.bare:
            return "return-bare"
        case "print" if not statement.uses:
            return "print-text"
        case "call" if statement.callee.startswith("self."):
            return "self-call"
        case "assign" if "[" in statement.target:
            return "assign-item"
        case "assign" if "." in statement.target:
            return "assign-attr"
        case "assign" if statement.callee:
            return "assign-call"
        case "assign" if not statement.uses:
            return "assign-literal"
        case _:
            return kind


def _changed_names(statement: Statement) -> frozenset[str]:
    base, _, method = statement.callee.rpartition(".")
    if statement.kind == "augment" or (statement.kind == "assign" and "[" in statement.target):
        return frozenset({_root(statement.target)})
    if statement.kind == "call" and base and method in _MUTATING_METHODS:
        return frozenset({base.partition(".")[0]})
    return frozenset()


_CallKey: TypeAlias = tuple[str, str]


def _earlier_statements(statements: Sequence[Statement]) -> list[tuple[int, int, int]]:
    """Return each statement's last binder, last user and earlier match, as StatementFacts has them."""
    bound: dict[str, int] = {}
    used: dict[str, int] = {}
    pairs: dict[tuple[_CallKey, _CallKey], int] = {}
    before: _CallKey = ("", "")
    links = []
    for place, statement in enumerate(statements):
        binder = max((bound.get(name, -1) for name in statement.uses), default=-1)
        user = max((used.get(name, -1) for name in statement.uses | statement.binds), default=-1)
        likeness = (statement.kind, statement.callee or statement.target)
        told = place and (before[1] or likeness[1])
        links.append((binder, user, pairs.get((before, likeness), -1) if told else -1))
        pairs[before, likeness] = place
        before = likeness
        bound.update(dict.fromkeys((*statement.binds, *statement.parameters), place))
        used.update(dict.fromkeys(statement.uses, place))
    return links
