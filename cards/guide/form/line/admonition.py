"""Questions in the boxes of MkDocs become headings, line for line: `??? question "What is a tensor?"`."""

from __future__ import annotations

from cards.guide.decoration import asks
from cards.guide.form.line.question_html import (
    END_MARK,
    SUMMARY_MARK,
    follow_up,
    is_within_answer,
    prose_lines,
)
from cards.regex import regex

_BOX = regex(r'^(?:\?{3}\+?|!{3})[ \t]+[\w-]+(?:[ \t]+[\w-]+)*[ \t]+"(?P<words>[^"]+)"[ \t]*$')
_INDENT = "    "


def headings_of_boxes(text: str) -> str:
    """Return the text with boxes whose title asks as headings over their content; its lines stay."""
    if "??? " not in text and "???+ " not in text and "!!! " not in text:
        return text
    lines = text.split("\n")
    prose = prose_lines(lines)
    for number, line in enumerate(lines):
        match = _BOX.match(line)
        if match is None or not asks(match["words"]):
            continue
        end = _unfold(lines, number + 1)
        if is_within_answer(lines, number, end - 1, prose):
            lines[number] = follow_up(match["words"], "")
            continue
        lines[number] = f"###### {SUMMARY_MARK}{match['words']}"
        if end > number + 1 and not lines[end - 1].strip():
            lines[end - 1] = f"###### {END_MARK}"
    return "\n".join(lines)


def _unfold(lines: list[str], first: int) -> int:
    """Take the indentation off the lines of a box; return the number of the line behind them."""
    number = first
    while number < len(lines) and (not lines[number].strip() or lines[number].startswith(_INDENT)):
        lines[number] = lines[number].removeprefix(_INDENT)
        number += 1
    return number
