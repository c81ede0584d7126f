"""The characters that nobody sees: one set for guides, captured output, cards and screens.

They turn the direction of text (code then reads otherwise than it runs), take no room, or steer a terminal.
Tab and line feed are none of them, nor is what joins an emoji or letters of scripts that are written joined.
Each of them is one that Python calls not printable.
"""

from __future__ import annotations

from cards.regex import regex

_CONTROLS = "\x00-\x08\x0b-\x1f\x7f-\x9f"
_DIRECTIONS = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_WITHOUT_WIDTH = "\u00ad\u180e\u200b-\u200d\u2060-\u2064\u206a-\u206f\ufeff\ufff9-\ufffb"
_LINE_ENDS = "\u2028\u2029"
_HIDDEN = regex(f"[{_CONTROLS}{_DIRECTIONS}{_WITHOUT_WIDTH}{_LINE_ENDS}\U000e0000-\U000e007f]")
_DROPPED_IN_PROSE = regex(f"[{_DIRECTIONS}{_WITHOUT_WIDTH}\U000e0000-\U000e007f]")
_JOINERS = frozenset("\u200c\u200d")
_LINE_END = regex(f"[{_LINE_ENDS}]")
_TAGS = regex("[\U000e0020-\U000e007f]")
_EMOJI_MODIFIERS = regex("[\ufe0f\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]")
_JOINED_SCRIPTS = regex("[\u0600-\u1cff\ua800-\uabff\ufb50-\ufdff\ufe70-\ufefc]")


def has_hidden(text: str) -> bool:
    """Tell whether a text holds a hidden character."""
    return not text.isprintable() and any(
        not _is_joining(text, found.start()) for found in _HIDDEN.finditer(text)
    )


def hidden_names(text: str) -> tuple[str, ...]:
    """Return the hidden characters of a text, each once, as people write them: `U+202E`."""
    found = (each for each in _HIDDEN.finditer(text) if not _is_joining(text, each.start()))
    return tuple(dict.fromkeys(f"U+{ord(each[0]):04X}" for each in found))


def escape_hidden(text: str, *, as_json: bool = False) -> str:
    r"""Return the text with each hidden character as Python writes it: `\x1b`, `\u202e`.

    With `as_json` as JSON writes it: a text that is JSON stays what it was.
    """
    if text.isprintable():
        return text
    escape = _json_escape if as_json else _escape
    return _HIDDEN.sub(lambda found: found[0] if _is_joining(text, found.start()) else escape(found[0]), text)


def clear_prose(text: str) -> str:
    r"""Return prose without hidden characters: line ends become spaces, controls are escaped as `\x1b`."""
    if text.isprintable():
        return text
    text = _LINE_END.sub(" ", text)
    kept = _DROPPED_IN_PROSE.sub(lambda found: found[0] if _is_joining(text, found.start()) else "", text)
    return escape_hidden(kept)


def _escape(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")


def _json_escape(character: str) -> str:
    import json

    return json.dumps(character)[1:-1]


def _is_joining(text: str, place: int) -> bool:
    """Tell whether a character joins what stands around it: parts of an emoji, letters written joined."""
    character = text[place]
    before, after = text[place - 1 : place], text[place + 1 : place + 2]
    if character in _JOINERS and _JOINED_SCRIPTS.match(before):
        return True
    if character == "\u200d":
        return _is_emoji(before) and _is_emoji(after)
    # A flag of a region is an emoji with tags behind it.
    return bool(_TAGS.match(character)) and (before == "\U0001f3f4" or bool(_TAGS.match(before)))


def _is_emoji(character: str) -> bool:
    import unicodedata

    return bool(character) and (
        unicodedata.category(character) == "So" or bool(_EMOJI_MODIFIERS.match(character))
    )
