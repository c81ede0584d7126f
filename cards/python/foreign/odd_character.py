"""Finds the typographic or invisible character for which code does not parse."""

from __future__ import annotations

import unicodedata
from typing import NamedTuple

from cards.python.foreign.masking import without_texts
from cards.regex import regex

_NAMED = regex(r"invalid (?:non-printable )?character .*?\(?U\+(?P<code>[0-9A-Fa-f]{4,6})")
_OPEN_STRING = "unterminated string literal"
_DOUBLE_QUOTES = "\u201c\u201d\u201e\u201f"
_SINGLE_QUOTES = "\u2018\u2019\u201a\u201b"
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\ufeff"
_REPLACEMENTS = {
    **dict.fromkeys(f"{_DOUBLE_QUOTES}\u00ab\u00bb\u2033", '"'),
    **dict.fromkeys(f"{_SINGLE_QUOTES}\u00b4\u2032", "'"),
    **dict.fromkeys(_DASHES, "-"),
    **dict.fromkeys(_INVISIBLE, ""),
    **dict.fromkeys("\u00b7\u00d7\u2217\u22c5", "*"),
    **dict.fromkeys("\u00f7\u2215", "/"),
    **dict.fromkeys("\u2192\u21d2", "->"),
    "\u00ac": "not",
    "\u2190": "=",
    "\u2227": "and",
    "\u2228": "or",
    "\u2260": "!=",
    "\u2264": "<=",
    "\u2265": ">=",
}
_CURLY_QUOTES = frozenset(_DOUBLE_QUOTES + _SINGLE_QUOTES)
_ELLIPSIS = "\u2026"


class OddCharacter(NamedTuple):
    """A character that stands where Python knows none like it."""

    column: int
    """Its place in its line, from 1."""
    description: str
    """The sign itself where it can be seen, its code point and its name."""
    replacement: str
    """What to write; empty where it is to be deleted, "?" where that is not known."""

    @property
    def sentence(self) -> str:
        """Where it stands and what it is."""
        return f"column {self.column} holds {self.description}"

    @property
    def advice(self) -> str:
        """What to do about it."""
        match self.replacement:
            case "":
                return "Delete it."
            case " ":
                return "Write a plain space."
            case "?":
                return "Write what Python knows in its place."
            case found:
                return f"Write `{found}`."


def odd_character(source: str, message: str, line: int) -> OddCharacter | None:
    """Return the character that a syntax error is about, given its message and its line, from 1."""
    lines = source.split("\n")
    if not 0 < line <= len(lines):
        return None
    text, masked = lines[line - 1], without_texts(source).split("\n")[line - 1]
    if named := _NAMED.search(message):
        character = chr(int(named["code"], 16))
        found = max(masked.find(character), -1)
        column = found if found >= 0 else text.find(character)
    elif _OPEN_STRING in message:
        places = [place for place, each in enumerate(text) if each in _CURLY_QUOTES]
        column = places[-1] if places else -1
    else:
        column = -1
    if column < 0 or text[column] == _ELLIPSIS:
        return None
    return OddCharacter(column + 1, describe_character(text[column]), _replacement(text[column]))


def describe_character(character: str) -> str:
    """Return the character where it can be seen, with code point and name: `“ (U+201C, left double ...)`."""
    name = unicodedata.name(character, "").lower()
    code = f"U+{ord(character):04X}" + (f", {name}" if name else "")
    return f"{character} ({code})" if _can_be_seen(character) else f"an invisible character ({code})"


def _can_be_seen(character: str) -> bool:
    return unicodedata.category(character)[0] not in "CZ"


def _replacement(character: str) -> str:
    """Return what to write in place of a character; "?" where that is not known."""
    known = _REPLACEMENTS.get(character)
    if known is not None:
        return known
    if unicodedata.category(character) == "Zs":
        return " "
    plain = unicodedata.normalize("NFKC", character)
    if plain.isascii() and plain.isprintable():
        return plain
    return "" if unicodedata.category(character) in {"Cf", "Cc"} else "?"
