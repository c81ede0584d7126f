"""Detect whether an input is HTML, Markdown or flattened text, and read it."""

from __future__ import annotations

import re

from cards.recover.page.page import Page, flat_page
from cards.regex import regex

_HTML = regex(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!DOCTYPE\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_TAGS = regex(r"</?(?:div|p|h[1-6]|pre|ul|li|table|article|section|span)\b[^>]*>", re.IGNORECASE)
_FENCE = regex(r"^[ \t>]*(?:```|~~~)", re.MULTILINE)
_BOLD_QUESTION = regex(r"^\*\*(?:(?:Q\s*)?\d+\s*[.:)][^*\n]+|[^*\n]+\?)\*\*\s*$", re.MULTILINE)
_HEADING = regex(r"^#{1,6}[ \t]*[^\s#!]", re.MULTILINE)


def read_page(text: str, name: str = "") -> Page:
    """Return the page of a text that is HTML, Markdown or flattened."""
    text = text.replace("\0", "\ufffd").encode("utf-8", "replace").decode()
    if is_html(text, name) or _is_mostly_tags(text):
        from cards.recover.page.html import html_page

        return html_page(text)
    if _FENCE.search(text) or _has_marked_headings(text):
        from cards.recover.page.markdown_page import markdown_page

        return markdown_page(text)
    return flat_page(text)


def is_html(text: str, name: str) -> bool:
    """Tell whether a text is a web page, by its beginning or by its file's name."""
    return bool(_HTML.match(text)) or name.lower().endswith((".html", ".htm", ".xhtml"))


def _is_mostly_tags(text: str) -> bool:
    return len(_TAGS.findall(text)) >= max(8, text.count("\n") / 3)


def _has_marked_headings(text: str) -> bool:
    if _BOLD_QUESTION.search(text):
        return True
    # Comments of code also start with `#`, so only a deeper heading counts.
    marks = {match[0].split()[0].strip() for match in _HEADING.finditer(text)}
    deep = {mark for mark in (re.match(r"#+", mark) for mark in marks) if mark and len(mark[0]) > 1}
    return bool(deep)
