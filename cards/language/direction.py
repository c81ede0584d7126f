"""Tell whether a text is read from right to left."""

from __future__ import annotations

from cards.regex import regex

RIGHT_TO_LEFT = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
"""The letters of Hebrew, Arabic and their neighbours, for a class of a regular expression."""

_RIGHT_TO_LEFT_LETTER = regex(f"[{RIGHT_TO_LEFT}]")
_STRONG_LETTER = regex(f"(?P<turned>[{RIGHT_TO_LEFT}])|[^\\W\\d_]")
_LATIN_LETTER = regex(r"[A-Za-z]")


def is_right_to_left(text: str) -> bool:
    """Tell whether a text without code is read from right to left.

    Most of its letters are, or its first one and a third of them.
    """
    if text.isascii():
        return False
    letters, latin = len(_RIGHT_TO_LEFT_LETTER.findall(text)), len(_LATIN_LETTER.findall(text))
    first = _STRONG_LETTER.search(text)
    begins_turned = first is not None and first["turned"] is not None
    return letters > latin or (begins_turned and 2 * letters >= latin)
