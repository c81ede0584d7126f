"""Headings without a space behind their marks get one: `##License`, `####[Basics](#basics)`."""

from __future__ import annotations

import re

from cards.guide.form.line.question_html import prose_lines
from cards.regex import regex

_TIGHT = regex(
    r"^( {0,3}#{2,6}(?=[^\s#!])|#(?=(?:Q\d|Question\b)[^\n]*[?？]))",  # noqa: RUF001
    re.MULTILINE,
)
"""One mark alone may be a tag, a number or the first line of a script, but not before a question."""


def tight_headings(text: str) -> str:
    """Return the text with a space behind the marks of each heading; the number of its lines stays.

    CommonMark has asked for that space since 2014; what was written before, and what is typed fast, has none.
    """
    if not _TIGHT.search(text):
        return text
    lines = text.split("\n")
    for number in prose_lines(lines):
        lines[number] = _TIGHT.sub(r"\1 ", lines[number])
    return "\n".join(lines)
