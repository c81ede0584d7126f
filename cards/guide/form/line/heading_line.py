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
    labels = [
        number for number in range(1, len(lines) - 1) if _is_label_between(*lines[number - 1 : number + 2])
    ]
    outside = prose_lines(lines) if labels else {}
    for number in labels:
        if number in outside:
            lines[number] = f"###### {INNER_MARK}{lines[number].strip()}"
    return "\n".join(lines)


def _is_label_between(above: str, line: str, below: str) -> bool:
    """Tell whether a line is a label less far in than the words of the entry above it, over another entry."""
    label, entry = _LABEL.fullmatch(line), _ENTRY.match(above)
    return bool(label and entry and _ENTRY.match(below) and len(label["indent"]) < len(entry["before"]))
