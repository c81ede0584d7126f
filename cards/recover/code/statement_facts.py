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
    """Return the facts of each statement."""
    hints: list[StatementFacts] = []
    linked = _earlier_statements(statements)
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
            StatementFacts(
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
                _read_later(statements, place),
                _subkind(statement, kind),
                _subkind(following, following.kind) if following else "end",
                following.callee.rpartition(".")[2] if following else "",
                statements[place + 2].kind if place + 2 < total else "end",
                _changed_names(statement),
                *linked[place],
            )
        )
    return tuple(hints)


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
    head = statement.target.partition(".")[0].partition("[")[0]
    base, _, method = statement.callee.rpartition(".")
    if statement.kind == "augment" or (statement.kind == "assign" and "[" in statement.target):
        return frozenset({head})
    if statement.kind == "call" and base and method in _MUTATING_METHODS:
        return frozenset({base.partition(".")[0]})
    return frozenset()


_CallKey: TypeAlias = tuple[str, str]


def _earlier_statements(statements: Sequence[Statement]) -> list[tuple[int, int, int]]:
    """Return each statement's binder, user and twin."""
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
