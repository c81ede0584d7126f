"""Tell which gaps are worth asking: a learner can know the piece, and nothing beside it gives it away."""

from __future__ import annotations

import ast
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from cards.exercise.gap import ASKED_BEFORE_OUTPUT, GapKind
from cards.python.bindings import bound_names
from cards.python.syntax import called_name, expression_of, tree_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from cards.exercise.gap import Gap

_COUNTED_KEYWORDS = frozenset({"axis", "axes", "dim", "dims", "perm", "ddof", "keepdims", "batch_dims"})
"""Keywords whose numbers follow from what is to be done."""
SAY_LITTLE = frozenset(
    {"map", "filter", "save", "get", "add", "pop", "extend", "update", "copy", "shape", "ndim"}
)
"""Calls that any program may make: the names around them say all that there is to know."""
_FROM_THE_END = "-1"
_PLAIN_NUMBERS = frozenset({0, 1, -1})
_ALIKE = 0.6
"""How much two names of calls have in common that do the same to the same: `encode_jpeg`, `encode_png`."""
_MOST_ALIKE = 0.8
"""The same where nothing is given to the one that is hidden."""


def worth_asking(
    gaps: Iterable[Gap], source: str, named: Collection[str] = (), asked: Collection[str] = ()
) -> tuple[Gap, ...]:
    """Return the gaps of a block that are worth asking, those whose name is among `named` first.

    `named` are the names in the words of its answer, `asked` those in the question, which stands above it.
    """
    tree = tree_of(source)
    if tree is None:
        return ()
    kept = [gap for gap in gaps if name_of_gap(gap) not in asked and not _is_given_away(gap, tree, source)]
    return tuple(sorted(kept, key=lambda gap: name_of_gap(gap) not in named))


def worth_asking_beside(output: str, gaps: Iterable[Gap], named: Collection[str]) -> tuple[Gap, ...]:
    """Return the gaps of a block that a card asks for rather than what the block prints.

    Its card shows that output. So they ask for a setting, or for a name that the answer's words hold, and
    what they hide does not stand in it.
    """
    return tuple(gap for gap in gaps if says_more_than_output(gap, named) and gap.text not in output)


def says_more_than_output(gap: Gap, named: Collection[str]) -> bool:
    """Tell whether a gap asks for a setting or for a name among `named`: there the block is about that."""
    return gap.sort in ASKED_BEFORE_OUTPUT or name_of_gap(gap) in named


def name_of_gap(gap: Gap) -> str:
    """Return the name that a gap asks for: the keyword of an argument, else what is called; may be empty."""
    if gap.sort is GapKind.ARGUMENT:
        return gap.text.partition("=")[0].strip()
    node = expression_of(gap.text)
    return called_name(node.func if isinstance(node, ast.Call) else node) if node is not None else ""


def _is_given_away(gap: Gap, tree: ast.Module, source: str) -> bool:
    """Tell whether a gap hides what its author made up, or what a name or line beside it says."""
    others = list(_other_calls(gap, tree))
    if gap.sort is GapKind.ARGUMENT:
        keyword, _, value = gap.text.partition("=")
        follows = keyword.strip() in _COUNTED_KEYWORDS or value.strip() == _FROM_THE_END
        node = expression_of(value)
        return (
            node is None
            or (not follows and _has_made_up_number(node, plain=()))
            or _is_bound_above(node, source)
            or any(each.arg == keyword.strip() for call in others for each in call.keywords)
        )
    if gap.sort is GapKind.OPERATOR:
        return False
    node = expression_of(gap.text)
    if node is None or _has_made_up_number(node, plain=_PLAIN_NUMBERS):
        return True
    name = name_of_gap(gap)
    given = _arguments(node)
    return name in SAY_LITTLE or any(_is_twin(name, given, other) for other in others)


def _other_calls(gap: Gap, tree: ast.Module) -> Iterable[ast.Call]:
    """Yield the calls of a block that stand outside a gap, and do not hold it among what they are given."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and not (
            node.lineno <= gap.line <= (node.end_lineno or node.lineno) and _touches(node, gap)
        ):
            yield node


def _touches(node: ast.Call, gap: Gap) -> bool:
    """Tell whether a call overlaps the gap's characters, on the gap's line."""
    begins_before = node.lineno < gap.line or node.col_offset < gap.end
    ends_behind = (node.end_lineno or 0) > gap.line or (node.end_col_offset or 0) > gap.start
    return begins_before and ends_behind


def _has_made_up_number(node: ast.expr, plain: Collection[int]) -> bool:
    return any(
        isinstance(each, ast.Constant)
        and isinstance(each.value, int | float)
        and not isinstance(each.value, bool)
        and each.value not in plain
        for each in ast.walk(node)
    )


def _is_bound_above(node: ast.expr, source: str) -> bool:
    """Tell whether a value says no more than names that the block binds: `[counter]`, `[Spy()]`."""
    names = [each.id for each in ast.walk(node) if isinstance(each, ast.Name)]
    has_own_words = any(isinstance(each, ast.Attribute | ast.Constant) for each in ast.walk(node))
    tree = tree_of(source)
    bound = frozenset().union(*map(bound_names, tree.body)) if tree else frozenset()
    return bool(names) and not has_own_words and all(name in bound for name in names)


def _arguments(node: ast.expr) -> frozenset[str]:
    given = [*node.args, *(each.value for each in node.keywords)] if isinstance(node, ast.Call) else []
    return frozenset(map(ast.dump, given))


def _is_twin(name: str, given: frozenset[str], other: ast.Call) -> bool:
    """Tell whether another call is the same, or does to the same what sounds nearly the same."""
    called = called_name(other.func)
    if called == name:
        return True
    likeness = SequenceMatcher(None, called, name).ratio()
    return likeness >= _ALIKE and given <= _arguments(other) and (bool(given) or likeness >= _MOST_ALIKE)
