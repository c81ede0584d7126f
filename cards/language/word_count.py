"""Count words, also of scripts that set no blanks between them."""

from __future__ import annotations

from cards.regex import regex

# Han, kana, Thai, Lao, Burmese, Khmer.
UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
)
"""The letters of scripts without blanks between words, for a class of a regular expression."""

_UNSPACED_LETTER = regex(f"[{UNSPACED}]")
_CHARACTERS_A_WORD = 2
"""Most words of Chinese have two characters."""


def has_unspaced(text: str) -> bool:
    """Tell whether a text has letters of a script without blanks between words."""
    return not text.isascii() and bool(_UNSPACED_LETTER.search(text))


def count_words(text: str) -> int:
    """Return how many words a text has; where no blanks part them, two characters count as one."""
    if text.isascii():
        return len(text.split())
    spaced, characters = _UNSPACED_LETTER.subn(" ", text)
    words = sum(any(letter.isalnum() for letter in word) for word in spaced.split())
    return words + -(-characters // _CHARACTERS_A_WORD) if characters else len(text.split())
