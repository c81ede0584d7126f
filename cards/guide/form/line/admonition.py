"""Questions in the boxes of MkDocs become headings, line for line: `??? question "What is a tensor?"`."""

from __future__ import annotations

from cards.guide.decoration import asks
from cards.guide.form.line.question_html import END_MARK, SUMMARY_MARK
from cards.regex import regex

_BOX = regex(r'^(?:\?{3}\+?|!{3})[ \t]+[\w-]+(?:[ \t]+[\w-]+)*[ \t]+"(?P<words>[^"]+)"[ \t]*$')
_INDENT = "    "


def headings_of_boxes(text: str) -> str:
    """Return the text with boxes whose title asks as headings over their content; its lines stay."""
    if "??? " not in text and "???+ " not in text and "!!! " not in text:
        return text
    lines = text.split("\n")
    for number, line in enumerate(lines):
        match = _BOX.match(line)
        if match is not None and asks(match["words"]):
            lines[number] = f"###### {SUMMARY_MARK}{match['words']}"
            _unfold(lines, number + 1)
    return "\n".join(lines)


def _unfold(lines: list[str], first: int) -> None:
    """Take the indentation off the lines of a box, and mark its end in the blank line behind it."""
    number = first
    while number < len(lines) and (not lines[number].strip() or lines[number].startswith(_INDENT)):
        lines[number] = lines[number].removeprefix(_INDENT)
        number += 1
    if number > first and not lines[number - 1].strip():
        lines[number - 1] = f"###### {END_MARK}"
