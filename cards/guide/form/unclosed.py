"""Code blocks that nobody closed end before the next question, as far as that is plain."""

from __future__ import annotations

import re

_FENCE = re.compile(r"(?P<indent>[ ]{0,3})(?P<fence>`{3,}(?=[^`]*$)|~{3,})(?P<info>.*)")
_HEADING = re.compile(r"#{2,6} \S|# \S.*\?\s*$")
_OF_MARKDOWN = frozenset({"markdown", "md", "mdx", "rst", "text", "txt", "mkd"})


def close_fences(text: str) -> str:
    """Return the text with a fence in place of the blank line at which an open block must end.

    It must where a heading stands in it behind a blank line, and then another block opens, or the text ends.
    """
    if "```" not in text and "~~~" not in text:
        return text
    lines = text.split("\n")
    opened: re.Match[str] | None = None
    ends = 0
    for number, line in enumerate(lines):
        match = _FENCE.match(line)
        if opened is None:
            opened, ends = match, 0
        elif match is None or not match["fence"].startswith(opened["fence"]):
            if not ends and _HEADING.match(line) and not lines[number - 1].strip():
                ends = number - 1
        elif not match["info"].strip():
            opened = None
        elif ends and opened["info"].strip().lower() not in _OF_MARKDOWN:
            lines[ends] = f"{opened['indent']}{opened['fence']}"
            opened, ends = match, 0
    if opened is not None and ends and opened["info"].strip().lower() not in _OF_MARKDOWN:
        lines[ends] = f"{opened['indent']}{opened['fence']}"
    return "\n".join(lines)
