"""Code blocks that nobody closed end before the next question, as far as that is plain."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cards.regex import regex

if TYPE_CHECKING:
    import re
    from collections.abc import Sequence

_FENCE = regex(r"(?P<indent>[ ]{0,3})(?P<fence>`{3,}(?=[^`]*$)|~{3,})(?P<info>.*)")
_HEADING = regex(r"#{2,6} \S|# \S.*\?\s*$")
_HTML_LINE = regex(
    r"\s*(?:</?(?:a|br|hr|p|div|details|summary|center|img|h[1-6]|b|sub|sup)\b[^>]*/?>|<!--.*-->\s*\Z)"
)
_OF_HTML = frozenset({"html", "xml", "xhtml", "svg", "vue", "jsx", "tsx", "svelte", "php", "erb", "jinja"})
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
                ends = _before_html(lines, number - 1, opened["info"])
        elif not match["info"].strip():
            opened = None
        elif ends and opened["info"].strip().lower() not in _OF_MARKDOWN:
            lines[ends] = f"{opened['indent']}{opened['fence']}"
            opened, ends = match, 0
    if opened is not None and ends and opened["info"].strip().lower() not in _OF_MARKDOWN:
        lines[ends] = f"{opened['indent']}{opened['fence']}"
    return "\n".join(lines)


def _before_html(lines: Sequence[str], blank: int, info: str) -> int:
    """Return the blank line above a heading, or above the HTML that stands over that and is no code."""
    if info.strip().lower() in _OF_HTML:
        return blank
    place = blank
    for number in range(blank - 1, 0, -1):
        if not lines[number].strip():
            place = number if _HTML_LINE.match(lines[number + 1]) else place
        elif not _HTML_LINE.match(lines[number]):
            break
    return place
