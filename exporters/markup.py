"""Text made safe for a field of an Anki note, and read back from one."""

from __future__ import annotations

import html
import re
import unicodedata
from typing import TypeAlias

Passages: TypeAlias = tuple[str, ...]
"""What a person reads in some HTML: one entry a paragraph, cell, list entry or block of code."""

_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f]")
_SURROGATES = re.compile("[\ud800-\udfff]")

_PLAYERS = re.compile(r"\[(?=sound:|anki:|/?latex\]|/?\$\$?\])", re.IGNORECASE)
_DOUBLES = re.compile(r"\\(?=[(\[])|\{(?=\{)|\}(?=\})")
_ANY_HAZARD = re.compile("[\\[\\\\\u0338]|\\{\\{|\\}\\}")

_PRE = re.compile(r"<pre\b[^>]*>(.*?)</pre>", re.DOTALL)
_BLOCK_TAG = re.compile(r"</?(?:p|div|ul|ol|li|table|thead|tbody|tr|th|td)\b[^>]*>")
_TAG = re.compile(r"<[^>]*>")


def clean(text: str) -> str:
    """Return the text as Anki keeps it: NFC, line feeds as line ends, no controls but tab and line feed.

    Anki drops the other control characters without a word, and U+001F would split a note's fields so
    that the whole import fails. A lone surrogate has no UTF-8 form; it becomes U+FFFD.
    """
    if text.isascii() and text.isprintable():
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _SURROGATES.sub("\ufffd", _CONTROLS.sub("", text))
    return unicodedata.normalize("NFC", text)


def escape(text: str) -> str:
    """Return the text as HTML that shows exactly it; `guard` the finished field as well."""
    return html.escape(clean(text), quote=False)


def guard(field: str) -> str:
    """Return the field without anything that Anki would take for more than HTML.

    `[sound:` would become a player, `[latex]` and `[$]` an image, a backslash before a bracket a
    formula, and `{{c1::` a gap as soon as the note's type is changed. An entity does not help against
    MathJax, which sees the decoded text, but an element in between does. Attributes here never hold
    any of these.
    """
    if not _ANY_HAZARD.search(field):
        return field
    field = _PLAYERS.sub("&#91;", field)
    field = _DOUBLES.sub(r"\g<0><span></span>", field)
    # NFC composes the end of a tag with U+0338 to the single letter U+226F.
    return field.replace(">\u0338", ">&#824;")


def passages(field: str) -> Passages:
    """Return what a person reads in the HTML: code letter by letter, other text with single spaces."""
    found: list[str] = []
    # re.split with one group alternates between what is outside and the inside of each <pre>.
    for number, part in enumerate(_PRE.split(field)):
        if number % 2:
            found.append(html.unescape(_TAG.sub("", part)))
        else:
            pieces = _BLOCK_TAG.sub("\0", part).split("\0")
            found += (collapse(html.unescape(_TAG.sub("", piece))) for piece in pieces)
    return tuple(passage for passage in found if passage)


def collapse(text: str) -> str:
    """Return the text with every run of white space as one space, as HTML shows prose."""
    return " ".join(text.split())
