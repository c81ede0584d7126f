"""Functions that remember their latest results by the very values that they were given."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, TypeVar, TypeVarTuple

if TYPE_CHECKING:
    from collections.abc import Callable

Given = TypeVarTuple("Given")
Result = TypeVar("Result")

_MOST_RESULTS = 256
"""Those of a question or two; rules ask the same of the same words again and again."""


def remembered(function: Callable[[*Given], Result]) -> Callable[[*Given], Result]:
    """Return a pure function that is worked out once for the same values.

    They are the same only as one object: to compare what they say would take as long as to work it out.
    """
    known: dict[tuple[int, ...], tuple[tuple[*Given], Result]] = {}

    @wraps(function)
    def remembering(*given: *Given) -> Result:
        key = tuple(map(id, given))
        found = known.get(key)
        if found is not None:
            return found[1]
        if len(known) >= _MOST_RESULTS:
            known.clear()
        # What was given is kept too, so that no other value gets its id.
        result = function(*given)
        known[key] = given, result
        return result

    return remembering
