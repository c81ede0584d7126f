"""Blanks strings and comments out of code that need not parse, so that only its signs and names are left."""

from __future__ import annotations

import re

from cards.regex import regex

_STRING_OR_COMMENT = regex(
    r"(?P<quotes>'''|\"\"\")(?:\\.|.)*?(?:(?P=quotes)|\Z)"
    r"|'(?:\\.|[^'\\\n])*'|\"(?:\\.|[^\"\\\n])*\""
    r"|#[^\n]*",
    re.DOTALL,
)


def without_texts(source: str) -> str:
    """Return the code with each string and comment blanked; every other character stays where it is."""
    return _STRING_OR_COMMENT.sub(_blank, source)


def _blank(match: re.Match[str]) -> str:
    if match[0].startswith("#"):
        return " " * len(match[0])
    inner = re.sub(r"[^\n]", "_", match[0][1:-1])
    return f"{match[0][0]}{inner}{match[0][-1]}" if len(match[0]) > 1 else match[0]
