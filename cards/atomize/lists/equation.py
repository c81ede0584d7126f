"""Equations in words: `Precision = TP / (TP + FP)` says what its left side is."""

from __future__ import annotations

import re
from typing import NamedTuple

from cards.regex import regex

_EQUATION = regex(
    r"(?:[-*]\s+)?(?P<name>[^\W\d_][^=<>≤≥≈:,;!?]{0,50}?)\s*=\s*(?P<value>[^=<>≤≥≈!?;]+?)[.,]?\s*\Z",
    re.DOTALL,
)
_OPERATOR = regex(r"[/*×·÷^√Σ∑]|\s[-+−–]\s")  # noqa: RUF001 - signs people type
_CALL = regex(r"\w\(|[\[\]{}'\"`]")
_PROSE = regex(r"\b(?:where|and|if|is|are|then|so|which|that|we|or)\b", re.IGNORECASE)
_MAX_NAME_WORDS = 4
_MIN_VALUE_WORDS = 3


class Equation(NamedTuple):
    """What is computed, and how; both by where they stand in the words."""

    name: tuple[int, int]
    value: tuple[int, int]


def equation_of(words: str) -> Equation | None:
    """Return the equation that a sentence or an entry is; None where it is none, or is code."""
    found = _EQUATION.match(words)
    if found is None or len(found["name"].split()) > _MAX_NAME_WORDS:
        return None
    value = found["value"]
    is_computed = bool(_OPERATOR.search(value)) and len(re.findall(r"\w+", value)) >= _MIN_VALUE_WORDS
    names_itself = found["name"].casefold() in value.casefold()
    is_code = names_itself or _CALL.search(found["name"]) or "`" in words
    if not is_computed or is_code or _PROSE.search(words) or not re.search(r"[^\W\d_]", value):
        return None
    return Equation(found.span("name"), found.span("value"))
