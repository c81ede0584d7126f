"""Tell whether a text is read from right to left."""

from __future__ import annotations

import re

RIGHT_TO_LEFT = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
"""The letters of Hebrew, Arabic and their neighbours, for a class of a regular expression."""

_RIGHT_TO_LEFT_LETTER = re.compile(f"[{RIGHT_TO_LEFT}]")
_LATIN_LETTER = re.compile(r"[A-Za-z]")


def is_right_to_left(text: str) -> bool:
    """Tell whether a text without code is read from right to left: a third of its letters at least are."""
    if text.isascii():
        return False
    letters = len(_RIGHT_TO_LEFT_LETTER.findall(text))
    return letters > 0 and 2 * letters >= len(_LATIN_LETTER.findall(text))
