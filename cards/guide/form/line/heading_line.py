"""Lines that are headings but for their marks: `##License`, and `Cons:` between two lists."""

from __future__ import annotations

import re

from cards.guide.form.line.question_html import INNER_MARK, prose_lines
from cards.regex import regex

_TIGHT = regex(
    r"^( {0,3}#{2,6}(?=[^\s#!])|#(?=(?:Q\d|Question\b)[^\n]*[?？]))",  # noqa: RUF001
    re.MULTILINE,
)
"""One mark alone may be a tag, a number or the first line of a script, but not before a question."""
_ENTRY = regex(r"(?P<before>[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+)\S")
_LABEL = regex(
    r"(?P<indent>[ \t]*)(?P<words>(?:\*\*|__)?[A-Z][\w ()/&,'\u2019-]{0,40}(?:\*\*|__)?:(?:\*\*|__)?)[ \t]*"
)
_FENCE = regex(r"[ \t>]*(?:`{3,}|~{3,})")


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


def headings_of_labels(text: str) -> str:
    """Return the text with `Cons:` between two lists as a subheading; the number of its lines stays.

    Markdown takes such a line for the rest of the entry above it.
    """
    lines = text.split("\n")
    is_in_fence = False
    for number in range(1, len(lines) - 1):
        is_in_fence ^= bool(_FENCE.match(lines[number]))
        above, label = _ENTRY.match(lines[number - 1]), _LABEL.fullmatch(lines[number])
        if is_in_fence or not (above and label and _ENTRY.match(lines[number + 1])):
            continue
        if len(label["indent"]) < len(above["before"]):
            lines[number] = f"###### {INNER_MARK}{label['words']}"
    return "\n".join(lines)
