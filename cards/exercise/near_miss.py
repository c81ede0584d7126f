"""Find the wrong answers that a person may give to a gap, and decide whether the gap can be judged.

A near miss is the code with something else in its gap: without an argument, along another axis, with another
number, name or function. A gap may be asked only if running tells each of them from the right answer.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from cards.exercise.filling import fill_gap
from cards.exercise.gap import Gap, GapKind
from cards.exercise.look_alike import similar_names, twin_texts
from cards.exercise.mutants import mutants
from cards.exercise.other_value import AXIS_NAMES, constant_texts, number_of, other_texts
from cards.exercise.siblings import SIBLING_FUNCTIONS
from cards.python.syntax import called_name, expression_of, nodes_in, tree_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

MOST_NEAR_MISSES = 40
"""Of one gap; the likeliest come first."""


class Excuse(StrEnum):
    """Why a near miss may do the same as the right answer and the gap be asked all the same."""

    NONE = "none"
    SAME_AXIS = "same axis"
    """Counted from the other end, an axis has another number."""
    DEFAULT = "default"
    """An argument that is left out may have the same value by default."""


@dataclass(frozen=True, slots=True)
class NearMiss:
    """The code with something else in its gap."""

    source: str
    excuse: Excuse = Excuse.NONE
    argument: str = ""
    """The argument that is another one or left out; empty where the whole piece is."""
    axis: tuple[float, float] | None = None
    """The right axis and the one that stands here."""
    is_removal: bool = False
    """Nothing stands in the gap: what the guide's own data does not notice is no question."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is known of the code around a gap."""

    kinds: Mapping[str, str]
    """Of each name that the snippet leaves: what sort of value it has."""
    printed: str
    """What the snippet prints."""
    value: str = ""
    """Code for the value that the piece gives, where that is known."""
    has_tensors: bool = True
    """The code uses TensorFlow, so that a constant may be a tensor too."""


@dataclass(frozen=True, slots=True)
class _Change:
    """Another text for a gap."""

    text: str
    excuse: Excuse = Excuse.NONE
    argument: str = ""
    axis: tuple[float, float] | None = None


def near_misses(source: str, gap: Gap, surroundings: Surroundings) -> tuple[NearMiss, ...]:
    """Return the near misses of a gap that parse, likeliest first, none of them twice."""
    found: dict[str, NearMiss] = {text: NearMiss(text, is_removal=True) for text in mutants(source, gap)}
    whole = tree_of(source)
    own = ast.dump(whole) if whole else ""
    for change in _changes(source, gap, surroundings):
        text = fill_gap(source, gap, change.text)
        tree = tree_of(text)
        if tree is not None and ast.dump(tree) != own:
            found.setdefault(text, NearMiss(text, change.excuse, change.argument, change.axis))
    return tuple(found.values())[:MOST_NEAR_MISSES]


def can_be_judged(near: Iterable[NearMiss], passing: Collection[NearMiss]) -> bool:
    """Tell whether each near miss that does the same as the right answer is right too.

    An axis has two numbers, one counted from each end. An argument that is left out has its value by default
    if any other value of it is noticed.
    """
    changed = [each for each in near if each.argument and each.excuse is not Excuse.DEFAULT]
    for each in passing:
        others = [other for other in changed if other.argument == each.argument]
        match each.excuse:
            case Excuse.NONE:
                return False
            case Excuse.SAME_AXIS:
                same = [other for other in others if other in passing]
                if len(same) > 1 or not _may_be_one_axis(each.axis):
                    return False
            case Excuse.DEFAULT:
                if not others or any(other in passing and other.axis is None for other in others):
                    return False
    return True


def _may_be_one_axis(axis: tuple[float, float] | None) -> bool:
    return axis is not None and (axis[0] < 0) != (axis[1] < 0)


def _changes(source: str, gap: Gap, surroundings: Surroundings) -> Iterator[_Change]:
    names = similar_names(source, gap, surroundings.kinds)
    match gap.sort:
        case GapKind.ARGUMENT:
            name, _, value = gap.text.partition("=")
            for change in _value_changes(name.strip(), value.strip(), source, names):
                yield _Change(
                    f"{name}={change.text}", change.excuse, change.argument or name.strip(), change.axis
                )
        case GapKind.OPERATOR:
            yield from _operator_changes(gap)
        case GapKind.CALL | GapKind.DECORATOR | GapKind.CONTEXT:
            yield from _expression_changes(source, gap, names)
    yield from map(_Change, twin_texts(source, gap))
    if gap.sort in {GapKind.CALL, GapKind.OPERATOR} and not _follows_dot(source, gap):
        known = (surroundings.value,) if surroundings.value else ()
        yield from map(
            _Change, (*known, *constant_texts(surroundings.printed, with_tensors=surroundings.has_tensors))
        )


def _follows_dot(source: str, gap: Gap) -> bool:
    return source.split("\n")[gap.line - 1][: gap.start].endswith(".")


def _value_changes(
    argument: str, value: str, source: str, names: Mapping[str, tuple[str, ...]]
) -> Iterator[_Change]:
    """Yield other texts for an argument's value."""
    own = number_of(value)
    for text in other_texts(argument, value, source):
        other = number_of(text)
        if argument in AXIS_NAMES and own is not None and other is not None:
            yield _Change(text, Excuse.SAME_AXIS, argument, (own, other))
        else:
            yield _Change(text, argument=argument)
    for name in names.get(value, ()):
        yield _Change(name, argument=argument)


def _operator_changes(gap: Gap) -> Iterator[_Change]:
    tree = expression_of(gap.text)
    if isinstance(tree, ast.BinOp):
        left, right = ast.unparse(tree.left), ast.unparse(tree.right)
        yield from (_Change(f"{left} {sign} {right}") for sign in ("*", "+", "-", "/", "@"))
        yield _Change(f"{right} @ {left}")
        yield _Change(f"{right}")


def _expression_changes(source: str, gap: Gap, names: Mapping[str, tuple[str, ...]]) -> Iterator[_Change]:
    """Yield the piece with a part of its calls left out or replaced, outer calls first."""
    tree = expression_of(gap.text)
    if tree is None:
        return
    calls = [node for node in nodes_in(tree) if isinstance(node, ast.Call)]
    for call in calls:
        yield from _in_place(gap.text, call, _signature_changes(call, gap.sort))
    for call in calls:
        for argument, value in _arguments(call):
            inner = ast.get_source_segment(gap.text, value) or ""
            yield from _in_place(gap.text, value, _value_changes(argument, inner, source, names))


def _in_place(text: str, node: ast.expr, changes: Iterable[_Change]) -> Iterator[_Change]:
    """Yield each change with the rest of the text around it."""
    raw = text.encode()
    before, after = raw[: node.col_offset].decode(), raw[node.end_col_offset or 0 :].decode()
    for change in changes:
        yield _Change(f"{before}{change.text}{after}", change.excuse, change.argument, change.axis)


def _arguments(call: ast.Call) -> Iterator[tuple[str, ast.expr]]:
    """Yield the arguments of a call with their names, or with their positions where they have none."""
    function = called_name(call.func)
    yield from ((f"{function}[{place}]", value) for place, value in enumerate(call.args))
    yield from ((keyword.arg, keyword.value) for keyword in call.keywords if keyword.arg)


def _signature_changes(call: ast.Call, sort: GapKind) -> Iterator[_Change]:
    """Yield a call without each of its arguments, with two of them swapped, and of other functions."""
    function = ast.unparse(call.func)
    positional = [ast.unparse(value) for value in call.args]
    named = [ast.unparse(keyword) for keyword in call.keywords]
    if sort is GapKind.DECORATOR and (positional or named):
        yield _Change(function)
        yield _Change(f"{function}()")
    for place in range(len(positional)):
        rest = positional[:place] + positional[place + 1 :]
        yield _Change(
            _call_text(function, rest + named), Excuse.DEFAULT, f"{called_name(call.func)}[{place}]"
        )
    for place, keyword in enumerate(call.keywords):
        rest = named[:place] + named[place + 1 :]
        yield _Change(_call_text(function, positional + rest), Excuse.DEFAULT, keyword.arg or "")
    for place in range(1, len(positional)):
        swapped = [*positional]
        swapped[place - 1], swapped[place] = swapped[place], swapped[place - 1]
        yield _Change(_call_text(function, swapped + named))
    stem = function[: len(function) - len(called_name(call.func))]
    for sibling in SIBLING_FUNCTIONS.get(called_name(call.func), ()):
        yield _Change(_call_text(stem + sibling, positional + named))
        if len(positional + named) > 1 and positional:
            yield _Change(_call_text(stem + sibling, positional[:1]))
            yield _Change(f"{positional[0]}.{sibling}()")


def _call_text(function: str, arguments: list[str]) -> str:
    return f"{function}({', '.join(arguments)})"
