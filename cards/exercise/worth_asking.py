"""Tell which gaps are worth asking: a learner can know the piece, and nothing beside it gives it away."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Self

from cards.exercise.candidates import gap_candidates
from cards.exercise.gap import ASKED_BEFORE_OUTPUT, GapKind
from cards.python.bindings import bound_names
from cards.python.syntax import called_name, expression_of, nodes_in, tree_of
from cards.regex import regex

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from cards.exercise.gap import Gap

_COUNTED_KEYWORDS = frozenset({"axis", "axes", "dim", "dims", "perm", "ddof", "keepdims", "batch_dims"})
"""Keywords whose numbers follow from what is to be done."""
SAY_LITTLE = frozenset(
    {"map", "filter", "save", "get", "add", "pop", "extend", "update", "copy", "shape", "ndim"}
)
"""Calls that any program may make: the names around them say all that there is to know."""
_NAME = regex(r"[A-Za-z_]\w*")
_FROM_THE_END = "-1"
_PLAIN_NUMBERS = frozenset({0, 1, -1})
_ALIKE = 0.6
"""How much two names of calls have in common that do the same to the same: `encode_jpeg`, `encode_png`."""
_MOST_ALIKE = 0.8
"""The same where nothing is given to the one that is hidden."""


@dataclass(frozen=True, slots=True)
class GapWords:
    """What a question's words say of a block's gaps: with the code it decides which are worth asking."""

    named: tuple[str, ...] = ()
    """The names of the block that the answer's words hold, sorted."""
    asked: tuple[str, ...] = ()
    """Those that stand in the question."""
    is_predicted: bool = False
    """A card asks what the block prints, unless a gap says more."""
    is_unasked: bool = False
    """No card asks for a gap of the block, and none of another block hangs on its gaps."""

    @classmethod
    def of(cls, source: str, named: frozenset[str], asked: frozenset[str], *, is_predicted: bool) -> Self:
        """Keep of the names in an answer's and a question's words those that a block has."""
        own = frozenset(_NAME.findall(source))
        return cls(tuple(sorted(named & own)), tuple(sorted(asked & own)), is_predicted)


NO_WORDS = GapWords()


def worth_asking(
    gaps: Iterable[Gap], source: str, words: GapWords = NO_WORDS, printed: str = ""
) -> tuple[Gap, ...]:
    """Return the gaps of a block that are worth asking, those that the answer names first.

    None hides what the question names. A card with a gap shows what the block prints. So where that is asked,
    a gap must say more and not stand in it.
    """
    tree = tree_of(source)
    if tree is None:
        return ()
    kept = [
        gap for gap in gaps if name_of_gap(gap) not in words.asked and not _is_given_away(gap, tree, source)
    ]
    if printed and words.is_predicted:
        kept = [gap for gap in kept if says_more_than_output(gap, words.named) and gap.text not in printed]
    return tuple(sorted(kept, key=lambda gap: name_of_gap(gap) not in words.named))


def gaps_to_look_for(source: str, words: GapWords, printed: str) -> tuple[Gap, ...]:
    """Return the gaps of a block that a card would ask for, if they can be judged."""
    return () if words.is_unasked else worth_asking(gap_candidates(source), source, words, printed)


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
    for node in nodes_in(tree):
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
        for each in nodes_in(node)
    )


def _is_bound_above(node: ast.expr, source: str) -> bool:
    """Tell whether a value says no more than names that the block binds: `[counter]`, `[Spy()]`."""
    names = [each.id for each in nodes_in(node) if isinstance(each, ast.Name)]
    has_own_words = any(isinstance(each, ast.Attribute | ast.Constant) for each in nodes_in(node))
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
