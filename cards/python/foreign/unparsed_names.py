"""Finds the names that code would bind that does not parse, by the beginnings of its lines."""

from __future__ import annotations

import re

from cards.python.foreign.masking import without_texts
from cards.regex import regex

_ASSIGNED = regex(r"^[ \t]*(?P<names>[A-Za-z_]\w*(?:\s*,\s*[A-Za-z_]\w*)*)\s*=(?!=)", re.MULTILINE)
_DEFINED = regex(r"^[ \t]*(?:async[ \t]+)?(?:def|class)[ \t]+(?P<names>[A-Za-z_]\w*)", re.MULTILINE)
_IMPORTED = regex(r"^[ \t]*(?:from[ \t]+[\w.]+[ \t]+)?import[ \t]+(?P<names>[\w., \t]+)$", re.MULTILINE)
_NAMED_SO = regex(r"\b(?:as|for)[ \t]+(?P<names>[A-Za-z_]\w*)")


def names_bound_unparsed(source: str) -> frozenset[str]:
    """Return the names that code seems to bind that does not parse."""
    code = without_texts(source)
    found: set[str] = set()
    for pattern in (_ASSIGNED, _DEFINED, _IMPORTED, _NAMED_SO):
        for match in pattern.finditer(code):
            for name in match["names"].split(","):
                found.add(name.split(" as ")[-1].strip().partition(".")[0])
    return frozenset(found - {""})
