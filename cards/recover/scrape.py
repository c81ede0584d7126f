"""Whether a text is a pasted page that is no guide yet."""

from __future__ import annotations

import re

from cards.regex import regex

_HTML = regex(r"\s*(?:<!DOCTYPE html|<html)\b", re.IGNORECASE)
_GUIDE_MARKUP = regex(r"^\s*(?:```|~~~)|^<!--\s*proofdeck:", re.MULTILINE)
_HEADING = regex(r"^#{1,6} \S", re.MULTILINE)
_ASKED = regex(r"(?:Q\s*\d+|\d{1,3})\s*[.:)]\s+\S.*\?$")
_MARKED = regex(r"(?:\d+\.\s+)?#{2,6}\s+\S|<summary>|\*\*.*\?\W*\*\*")
_FEWEST_MARKED = 2
"""Headings and marked questions from which a text says by itself that it is Markdown."""
_MOST_LINES = 500
"""Lines that are looked at: a page shows early what it is."""
_FEWEST_LINES = 12
"""Lines below which nothing is taken for a scrape."""


def looks_like_a_scrape(text: str) -> bool:
    """Tell whether a text is HTML, or has code or numbered questions and no mark of Markdown on them."""
    if _HTML.match(text):
        return True
    if _GUIDE_MARKUP.search(text):
        return False
    from cards.recover.markdown.markdown_evidence import markdown_evidence

    if markdown_evidence(text).is_markdown:
        return False
    lines = [" ".join(line.split()) for line in text.split("\n", _MOST_LINES)[:_MOST_LINES] if line.strip()]
    if len(lines) < _FEWEST_LINES:
        return False
    if sum(bool(_MARKED.match(line)) for line in lines) >= _FEWEST_MARKED:
        return False
    if not _HEADING.search(text) and sum(bool(_ASKED.match(line)) for line in lines) >= 3:
        return True
    from cards.recover.page.line_kind import kinds_of
    from cards.recover.page.page import LineKind

    code = sum(kind is LineKind.PYTHON for kind in kinds_of(lines))
    return code >= max(5, len(lines) / 10)


def recover_suggestion(shown: str) -> str:
    """Return the sentence that suggests `proofdeck recover`."""
    return (
        f"{shown}: looks like a page that was copied, not like a guide. "
        f"Make a guide of it with `proofdeck recover {shown} -o guide.md`."
    )
