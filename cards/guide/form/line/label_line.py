"""Labels right below a list, above the next one: a subheading, and no part of the last entry."""

from __future__ import annotations

from cards.guide.form.line.question_html import INNER_MARK
from cards.regex import regex

_ENTRY = regex(r"(?P<before>[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+)\S")
_LABEL = regex(
    r"(?P<indent>[ \t]*)(?P<words>(?:\*\*|__)?[A-Z][\w ()/&,'\u2019-]{0,40}(?:\*\*|__)?:(?:\*\*|__)?)[ \t]*"
)
_FENCE = regex(r"[ \t>]*(?:`{3,}|~{3,})")


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
