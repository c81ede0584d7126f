"""Text made safe for a field of an Anki note."""

from __future__ import annotations

import re
import unicodedata

from cards.hidden_character import escape_hidden
from cards.regex import regex

_CONTROLS = regex("[\x00-\x08\x0b-\x1f\x7f]")
_NOT_TEXT = regex("[\ud800-\udfff\ufdd0-\ufdef]")

_ANKI_TAGS = regex(r"\[(?=sound:|anki:|/?latex\]|/?\$\$?\])", re.IGNORECASE)
_FORMULA_OR_GAP = regex(r"\\(?=[(\[])|\{(?=\{)|\}(?=\})")


def clean(text: str) -> str:
    """Return the text as Anki keeps it: NFC, line feeds as line ends, no controls but tab and line feed.

    Anki drops the other control characters without a word, and U+001F would split a note's fields so
    that the whole import fails. A lone surrogate has no UTF-8 form, and a noncharacter no place in text
    for others; both become U+FFFD. What nobody sees, as a turn of direction, is written as an escape.
    """
    if text.isascii() and text.isprintable():
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = escape_hidden(_NOT_TEXT.sub("\ufffd", _CONTROLS.sub("", text)))
    return unicodedata.normalize("NFC", text)


def is_clean(text: str) -> bool:
    """Return whether Anki keeps the text as it is."""
    return unicodedata.is_normalized("NFC", text) and not _CONTROLS.search(text)


def escape(text: str) -> str:
    """Return the text escaped for HTML; the finished field needs `disarm_anki_syntax` as well."""
    return clean(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def disarm_anki_syntax(field: str) -> str:
    """Return the field with Anki's own syntax (sound, LaTeX, MathJax, cloze) made harmless.

    `[sound:` would become a player, `[latex]` and `[$]` an image, a backslash before a bracket a
    formula, and `{{c1::` a gap as soon as the note's type is changed. An entity does not help against
    MathJax, which sees the decoded text, but an element in between does. Attributes here never hold
    any of these.
    """
    if not ("[" in field or "{{" in field or "}}" in field or "\\(" in field or "\u0338" in field):
        return field
    field = _ANKI_TAGS.sub("&#91;", field)
    field = _FORMULA_OR_GAP.sub(r"\g<0><span></span>", field)
    # NFC composes the end of a tag with U+0338 to the single letter U+226F.
    return field.replace(">\u0338", ">&#824;")


def collapse_spaces(text: str) -> str:
    """Return the text with every run of white space as one space, as HTML shows prose."""
    return " ".join(text.split())
