"""Finds the name that an author meant by a misspelt one: one slip of the keyboard away."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_SHORTEST = 4
"""Letters of the shortest name in which a slip can be told from another name."""
_SHORT_WORD = 5
"""Letters of a word of which one other letter makes another word: `data` and `date`, `lines` and `lanes`."""
_ENDING = 2
"""Letters of an ending: `generated` and `generator` are two words."""
_LONG = 8
"""Letters from which a name may have two slips."""


_LOOK_ALIKE = str.maketrans(
    # Cyrillic and Greek letters, by their code points: nobody could tell them apart here.
    "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0458\u0455\u0501\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0425"
    "\u03bf\u03bd\u0391\u0392\u0395\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a7",
    "aeopcyxijsdABEKMHOPCTXovABEHIKMNOPTX",
)


def near_name(name: str, known: Iterable[str]) -> str:
    """Return the known name that a name is a slip of; empty where it is like none, or may be another name.

    `x_train` is no slip of `y_train`, `model2` none of `model`, `layers` none of `layer`.
    """
    if len(name) < _SHORTEST:
        return ""
    # Letters in another order are the commonest slip.
    near = sorted(
        {
            (_slips(name, each), sorted(name) != sorted(each), each)
            for each in known
            if _may_be_meant(name, each)
        }
    )
    allowed = 2 if len(name) >= _LONG else 1
    return near[0][2] if near and near[0][0] <= allowed else ""


def foreign_letters(name: str, known: Iterable[str]) -> tuple[str, str] | None:
    """Return the known name that looks like a name, and the letter of another alphabet in one of the two."""
    plain = name.translate(_LOOK_ALIKE)
    for each in known:
        if each != name and each.translate(_LOOK_ALIKE) == plain:
            return each, next(letter for letter in name + each if ord(letter) in _LOOK_ALIKE)
    return None


def _may_be_meant(name: str, known: str) -> bool:
    """Tell whether the names differ otherwise than two that an author keeps apart.

    Those differ in a number, an ending, a short part (`x_train`, `loss_fn`), or the letter that makes one
    word another: the first, or any of a short one.
    """
    if name == known or len(known) < _SHORTEST or abs(len(name) - len(known)) > 2:
        return False
    if _without_digits(name) == _without_digits(known) or name.startswith(known) or known.startswith(name):
        return False
    if name.lower() == known.lower():
        # `Model` is a class that was not imported, `model` an object of it.
        return "_" in name or name[0].islower()
    ours, theirs = name.split("_"), known.split("_")
    if len(ours) != len(theirs):
        return True
    return all(_is_slip_of_part(*pair) for pair in zip(ours, theirs, strict=True) if pair[0] != pair[1])


def _is_slip_of_part(one: str, other: str) -> bool:
    if min(len(one), len(other)) < _SHORTEST - 1 or one.startswith(other) or other.startswith(one):
        return False
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
    is_ending = one[-1] != other[-1] and max(len(one), len(other)) - same <= _ENDING
    if is_ending and sorted(one) != sorted(other):
        return False
    changed = [place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b]
    is_other_letter = len(one) == len(other) and len(changed) == 1
    return not is_other_letter or (len(one) > _SHORT_WORD and changed[0] > 0)


def _without_digits(name: str) -> str:
    return "".join(each for each in name if not each.isdigit())


def _slips(one: str, other: str) -> int:
    """Return how many letters were left out, added, changed or swapped with their neighbour."""
    one, other = one.lower(), other.lower()
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        further = [i]
        for j, wanted in enumerate(other, start=1):
            cost = min(row[j] + 1, further[j - 1] + 1, row[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                cost = min(cost, before[j - 2] + 1)
            further.append(cost)
        before, row = row, further
    return row[-1]
