"""The pictures of a paragraph, a heading or some HTML."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from cards.guide.block import Picture
from cards.regex import regex
from cards.span import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token

# What says how a project does, and nothing of an answer.
_BADGE = regex(r"://[^/]*(?:shields\.io|badge)|badge\.svg", re.IGNORECASE)
_IMG = regex(r"<img\b[^<>]*>", re.IGNORECASE)
_VALUE = regex(
    r"\s(?P<name>src|alt)\s*=\s*(?P<quote>[\"'])(?P<value>.*?)(?P=quote)", re.IGNORECASE | re.DOTALL
)


def pictures(tokens: Sequence[Token], span: Span) -> list[Picture]:
    """Return the pictures of a paragraph or heading, as `![alt](path)` or `<img src="path">`; no badges."""
    found: list[Picture] = []
    for child in (child for token in tokens for child in token.children or ()):
        if child.type == "image":
            found.append(Picture(str(child.attrGet("src") or ""), child.content.strip(), span=span))
        elif child.type == "html_inline":
            found += html_pictures(child.content, span)
    return [picture for picture in found if not _BADGE.search(picture.address)]


def html_pictures(source: str, span: Span) -> list[Picture]:
    """Return the pictures of some HTML, each with its line."""
    found: list[Picture] = []
    for tag in _IMG.finditer(source):
        values = {match["name"].lower(): unescape(match["value"]) for match in _VALUE.finditer(tag[0])}
        line = span.first + source[: tag.start()].count("\n")
        if values.get("src"):
            where = Span(span.path, line, line)
            found.append(Picture(values["src"], values.get("alt", "").strip(), span=where))
    return found
