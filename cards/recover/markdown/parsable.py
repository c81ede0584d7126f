"""Rewrite what the guide format refuses, so that every recovered guide can be parsed."""

from __future__ import annotations

import re

from cards.errors import GuideError
from cards.guide.reading.parse import parse_guide
from cards.regex import regex

_ASKS = regex(r"#+ |Q\s*\d*\s*[:.] |\*\*")
"""How the lines begin that the format takes for a question or a section."""
_LABEL = regex(r"Q\s*\d*\s*[:.]\s+", re.IGNORECASE)
_ID_COMMENT = regex(r"<!-- proofdeck: id=[\w-]+ -->\Z")
_CHECKED_FENCE = regex(r"(`{3,})(?:python|output)\b.*")


def make_parsable(text: str) -> str:
    """Return a guide without what the format refuses; one without any question is left as it is.

    A heading or a pair becomes a paragraph, a block of Python or output in the wrong place becomes text,
    and an `id` that names no question goes. Each round leaves fewer of them, so that they end.
    """
    while True:
        try:
            parse_guide(text, "guide.md")
        except GuideError as error:
            lines = text.split("\n")
            for line in {one.line - 1 for one in error.problems if 0 < one.line <= len(lines)}:
                lines[line] = _accepted_line(lines[line])
            changed = "\n".join(lines)
            if changed == text:
                return text
            text = changed
        else:
            return text


def _accepted_line(line: str) -> str:
    """Return what takes the place of a refused line; the line itself where nothing is known."""
    if _ID_COMMENT.match(line):
        return ""
    if fence := _CHECKED_FENCE.fullmatch(line):
        return f"{fence[1]}text"
    if not _ASKS.match(line):
        return line
    words = re.sub(r"^#+ ", "", line)
    # A backslash does not help behind a label: the format looks for it in the words as they are read.
    words = f"\\{words}" if re.match(r"[#>*_`~=+-]", words) else _LABEL.sub("", words, count=1)
    return re.sub(r"^(\*+.*)\?(\**)$", r"\1\2", words)
