"""The calls of an object's life: which is missing, told by the object's class and the calls around it."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, NamedTuple

from cards.atomize.commented.asked_code import AskedCode
from cards.atomize.commented.spoken_of import bodies, first_line, last_line
from cards.atomize.outline.asked_part import all_stems
from cards.exercise.everyday import EVERYDAY_CALLS
from cards.exercise.worth_asking import SAY_LITTLE
from cards.guide.text import BLANK
from cards.language.frame import Frame
from cards.python.bindings import bound_names
from cards.python.comments import strip_comments
from cards.python.imports import imported_names
from cards.python.syntax import called_name, dotted_root_name, nodes_in, tree_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_LEAST_CALLS = 2
_MOST_LINES = 4
"""Lines of one such call."""
_MOST_ASKED = 2
"""Calls of one object that are asked for."""
_LEAST_CHARACTERS = 3


class _Call(NamedTuple):
    """A statement that calls a method of an object."""

    statement: ast.stmt
    func: ast.Attribute
    is_told: bool
    """What it is given to, or its object, says its name."""
    has_arguments: bool


def calls_of_life(source: str) -> Iterator[AskedCode]:
    """Yield the calls of objects that a block makes and uses, best to ask first."""
    tree = tree_of(source)
    lines = source.split("\n")
    known = imported_names(tree) if tree else frozenset()
    for body in bodies(tree) if tree else ():
        for place, statement in enumerate(body):
            if made := _object_made(statement, known):
                name, constructor = made
                calls = _calls_of(name, constructor, body[place + 1 :])
                yield from _asked(statement, constructor, calls, lines)


def _object_made(statement: ast.stmt, known: frozenset[str]) -> tuple[str, ast.Call] | None:
    """Return the name that a statement gives to an object of a library's class, and what makes it."""
    match statement:
        case ast.Assign(targets=[ast.Name(id=name)], value=ast.Call(func=func) as call):
            is_class = called_name(func)[:1].isupper() and dotted_root_name(func) in known
            return (name, call) if is_class and not any(map(_is_data, call.args)) else None
        case _:
            return None


def _is_data(argument: ast.expr) -> bool:
    """Tell whether an object is made of values: what is asked of it then follows no order."""
    return isinstance(argument, ast.List | ast.Dict | ast.Set | ast.Tuple | ast.ListComp)


def _calls_of(name: str, constructor: ast.Call, below: Sequence[ast.stmt]) -> list[_Call]:
    """Return the statements below that call a method of an object, until its name is bound anew."""
    found: list[_Call] = []
    for statement in below:
        if isinstance(statement, ast.Assign | ast.Expr):
            for node in nodes_in(statement):
                match node:
                    case ast.Call(func=ast.Attribute(value=ast.Name(id=owner)) as func) if owner == name:
                        has_arguments = bool(node.args or node.keywords)
                        is_told = _is_told(func.attr, name, constructor, statement)
                        found.append(_Call(statement, func, is_told, has_arguments))
        if name in bound_names(statement):
            break
    return found


def _is_told(method: str, name: str, constructor: ast.Call, statement: ast.stmt) -> bool:
    """Tell whether the names beside a method say it: `converter.convert()`, `details = get_details()`."""
    targets = [ast.unparse(each) for each in statement.targets] if isinstance(statement, ast.Assign) else []
    said = all_stems(" ".join((name, called_name(constructor.func), *targets)))
    return all_stems(method.removeprefix("get_")) <= said


def _asked(
    made: ast.stmt, constructor: ast.Call, calls: Sequence[_Call], lines: Sequence[str]
) -> Iterator[AskedCode]:
    """Yield the calls of one object that may be hidden; those that only their place tells come first."""
    if len({call.func.attr for call in calls}) < _LEAST_CALLS:
        return
    askable = [call for call in calls if _can_be_asked(call, calls)]
    asked = 0
    for call in sorted(askable, key=lambda each: each.has_arguments):
        around = _around(call, calls)
        code = [_constructor(made, constructor, lines), *(_code(each, call, lines) for each in around)]
        shown = "\n".join(dict.fromkeys(code))
        if asked < _MOST_ASKED and call.func.attr not in shown:
            written = strip_comments(lines[(call.func.end_lineno or 0) - 1]).strip()
            span = first_line(call.statement), last_line(call.statement)
            cue = f"{called_name(constructor.func)}.{call.func.attr}"
            yield AskedCode(Frame.NAME_IN_GAP, cue, shown, call.func.attr, written, span)
            asked += 1


def _can_be_asked(call: _Call, calls: Sequence[_Call]) -> bool:
    name = call.func.attr
    is_alone = sum(each.func.attr == name for each in calls) == 1
    is_known = name not in EVERYDAY_CALLS and name not in SAY_LITTLE and not call.is_told
    return is_alone and is_known and len(name) >= _LEAST_CHARACTERS


def _around(call: _Call, calls: Sequence[_Call]) -> Sequence[_Call]:
    """Return a call with the one before and the one after it: no more, as other cards ask for those."""
    place = calls.index(call)
    return calls[max(0, place - 1) : place + 2]


def _constructor(made: ast.stmt, call: ast.Call, lines: Sequence[str]) -> str:
    """Return the statement that makes an object; what it is given over several lines is left out."""
    if first_line(made) == last_line(made):
        return strip_comments(lines[first_line(made) - 1]).strip()
    targets = " = ".join(map(ast.unparse, made.targets)) if isinstance(made, ast.Assign) else ""
    return f"{targets} = {ast.unparse(call.func)}(...)"


def _code(shown: _Call, asked: _Call, lines: Sequence[str]) -> str:
    first, last = first_line(shown.statement), last_line(shown.statement)
    own = list(lines[first - 1 : last])
    if shown.statement is asked.statement:
        number, end = (asked.func.end_lineno or 0) - first, asked.func.end_col_offset or 0
        raw = own[number].encode()
        start = end - len(asked.func.attr.encode())
        own[number] = f"{raw[:start].decode()}{BLANK}{raw[end:].decode()}"
    if len(own) > _MOST_LINES:
        return "..."
    indent = len(own[0]) - len(own[0].lstrip())
    return strip_comments("\n".join(line[indent:] for line in own))
