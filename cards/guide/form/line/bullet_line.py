"""Entries behind bullets that Markdown does not know become entries of a list, line for line: `• Keel`."""

from __future__ import annotations

from cards.guide.form.line.question_html import prose_lines
from cards.regex import regex

BULLETS = "•●▪‣◦∙➢➤►"
"""What people put before entries."""
_ENTRY = regex(rf"(?P<quote>(?:> ?)*)(?P<indent>[ \t]*)[{BULLETS}]\ufe0f?[ \t]*(?=\S)")
_MARKED = regex(r"(?P<indent>[ \t]*)(?:[-*+]|\d{1,9}[.)])[ \t]+(?=\S)")


def entries_of_bullets(text: str) -> str:
    """Return the text with `•` as the mark of a list's entry; the number of its lines stays.

    An entry that is further in than the one above is below it, however far that is: by itself, a line that
    stands four characters in would be code.
    """
    if not any(bullet in text for bullet in BULLETS):
        return text
    lines = text.split("\n")
    open_entries: list[tuple[int, int]] = []
    """Of each entry that a line may be part of: how far in it stands, and how far in its words begin now."""
    for number in prose_lines(lines):
        line = lines[number]
        entry = _ENTRY.match(line)
        match = entry or _MARKED.match(line)
        if match is None:
            if line and not line[0].isspace():
                open_entries = []
            continue
        indent = len(match["indent"].expandtabs(4))
        while open_entries and open_entries[-1][0] >= indent:
            open_entries.pop()
        if entry is None:
            open_entries.append((indent, len(match[0].expandtabs(4))))
            continue
        before = " " * (open_entries[-1][1] if open_entries else 0)
        open_entries.append((indent, len(before) + 2))
        lines[number] = f"{entry['quote']}{before}- {line[entry.end() :]}"
    return "\n".join(lines)
