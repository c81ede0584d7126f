"""What leads a reader about a page and teaches nothing: contents, `back to top`, `follow us`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cards.regex import regex

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from markdown_it.token import Token

NAVIGATION = "navigation"
"""What such a block is called in the report on blocks."""

_WORDS_OF_NAVIGATION = regex(
    r"[^\w]*(?:(?:back|go|return)?\s*to (?:the )?(?:top|contents|index|table of contents|main|home)"
    r"|top|table of contents|contents|previous|next|home|index|\[?toc\]?|返回(?:顶部|目录)|回到顶部|目录"
    r"|volver (?:al? )?(?:arriba|inicio|índice)|(?:zurück )?nach oben|наверх|к содержанию|retour en haut)"
    r"[^\w]*",
    re.IGNORECASE,
)
_CREDIT = regex(
    r"[^\w]*(?:follow (?:me|us)\b|star (?:this|the) repo|give (?:this|it) a (?:star|⭐)|subscribe\b"
    r"|buy me a coffee|please (?:star|fork)\b"
    r"|if you (?:like|found|find) (?:this|the) (?:repo|project|page|guide|article)"
    r"|click .{0,12}if you like|pull requests? (?:are|is) )",
    re.IGNORECASE,
)
_ARROW = regex("[↥⬆⇧▲🔝↑⏫]")
_LONGEST_WORDS = 60
_LEAST_SHARE = 0.8


def is_navigation(tokens: Sequence[Token]) -> bool:
    """Tell whether a paragraph only leads elsewhere in the page, or asks readers to follow."""
    words = _words(tokens)
    if _CREDIT.match(words):
        return True
    if len(words) > _LONGEST_WORDS:
        return leads_into_page(tokens)
    has_link = any(token.type == "link_open" or "<a " in token.content for token in tokens)
    return has_link and bool(
        _WORDS_OF_NAVIGATION.fullmatch(words) or _ARROW.search(words) or leads_into_page(tokens)
    )


def leads_into_page(tokens: Sequence[Token]) -> bool:
    """Tell whether the words are links into the page, but for a number or a few words beside them."""
    inside = outside = 0
    href = ""
    for token in tokens:
        if token.type == "link_open":
            href = str(token.attrGet("href") or "")
        elif token.type == "link_close":
            href = ""
        elif token.type in {"text", "code_inline"}:
            letters = sum(map(str.isalpha, token.content))
            if href.startswith("#"):
                inside += letters
            else:
                outside += letters
    return inside > 0 and inside >= outside


def is_contents(entries: Iterable[Sequence[Token]]) -> bool:
    """Tell whether most entries of a list, or rows of a table, lead into the page."""
    entries = tuple(entries)
    if not any(token.type == "link_open" for entry in entries for token in entry):
        return False
    led = [leads_into_page(entry) for entry in entries if _words(entry).strip()]
    return bool(led) and sum(led) >= _LEAST_SHARE * len(led)


def _words(tokens: Iterable[Token]) -> str:
    return "".join(token.content for token in tokens if token.type in {"text", "code_inline"}).strip()
