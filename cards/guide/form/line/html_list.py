"""Lists in HTML become lists of Markdown, line for line."""

from __future__ import annotations

import re

from cards.guide.form.line.question_html import prose_lines
from cards.regex import regex

_LIST = regex(r"\s*<(?P<end>/?)(?P<kind>[uo]l)\b[^>]*>(?:\s*</li>)?\s*", re.IGNORECASE)
_ENTRY = regex(
    r"\s*<li\b[^>]*>\s*(?P<words>(?:(?!</?(?:li|[uo]l)\b).)*\S)\s*?(?P<end></li>)?\s*", re.IGNORECASE
)
_END_OF_ENTRY = regex(r"\s*</li>\s*", re.IGNORECASE)
_WRAPPER = regex(r"</?p>", re.IGNORECASE)
_LINK = regex(
    r"""<a\b[^<>]*\bhref=["'](?P<address>[^"'\s<>]+)["'][^<>]*>(?P<words>(?:(?!</?a\b).)*)</a>""",
    re.IGNORECASE,
)
_INDENT = "   "
"""Sets an entry below one with a bullet, and below one with a number."""


def entries_of_html(text: str) -> str:
    """Return the text with the lists of HTML, one entry a line, as lists of Markdown; its lines stay.

    A list of which a line is anything else stays as it is.
    """
    if "<li" not in text and "<LI" not in text:
        return text
    lines = text.split("\n")
    kinds: list[str] = []
    written: dict[int, str] = {}
    for number in prose_lines(lines):
        line = lines[number]
        if match := _LIST.fullmatch(line):
            if not match["end"]:
                kinds.append(match["kind"].lower())
            elif kinds:
                kinds.pop()
            written[number] = ""
        elif not kinds:
            written.clear()
        elif (entry := _entry(line, kinds)) is not None:
            written[number] = entry
        else:
            kinds, written = [], {}
        if written and not kinds:
            for place, words in written.items():
                lines[place] = words
            written.clear()
    return "\n".join(lines)


def _entry(line: str, kinds: list[str]) -> str | None:
    """Return a line within a list as Markdown; None for one that is no entry, and no end of one."""
    if not line.strip() or _END_OF_ENTRY.fullmatch(line):
        return ""
    match = _ENTRY.fullmatch(line)
    if match is None:
        return None
    words = _LINK.sub(r"[\g<words>](\g<address>)", _WRAPPER.sub("", match["words"]))
    return f"{_INDENT * (len(kinds) - 1)}{'1.' if kinds[-1] == 'ol' else '-'} {words.strip()}"
