"""Turn Markdown's inline tokens into styled text, and cut and join it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cards.guide.text import Inline, Style, StyledText

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from markdown_it.token import Token

# Tags that set text and say nothing; any other "tag" in prose (`<int32>`) is what the author wrote.
_STYLING_TAGS = re.compile(
    r"a|abbr|b|big|code|del|em|font|i|ins|kbd|mark|s|samp|small|span|strong|sub|sup|tt|u|var|wbr",
    re.IGNORECASE,
)
_BOLD_TAG = re.compile(r"<(?P<end>/?)(?:b|strong)>", re.IGNORECASE)
_TAG = re.compile(r"</?\s*([A-Za-z][A-Za-z0-9-]*)")
_SPACE = re.compile(r"\s+")
_COLLAPSIBLE_SPACE = re.compile(r"\s\s|[^\S ]")


def inline_of(tokens: Sequence[Token]) -> Inline:
    """Return the styled text of an inline token's children; line breaks stay as newlines."""
    runs: list[StyledText] = []
    strong = emphasis = 0
    for token in tokens:
        text, style = token.content, Style.PLAIN
        match token.type:
            case "strong_open" | "strong_close":
                strong += token.nesting
                continue
            case "em_open" | "em_close":
                emphasis += token.nesting
                continue
            case "code_inline":
                style = Style.CODE
            case "softbreak" | "hardbreak":
                text = "\n"
            case "html_inline" if tag := _BOLD_TAG.fullmatch(token.content):
                strong = max(0, strong + (-1 if tag["end"] else 1))
                continue
            case "html_inline":
                text = _html_text(token.content)
            case "image":
                text = token.content or str(token.attrGet("title") or "")
            case _:
                pass
        if style is Style.PLAIN and strong:
            style = Style.STRONG
        elif style is Style.PLAIN and emphasis:
            style = Style.EMPHASIS
        runs.append(StyledText(text, style, is_bold=style is Style.CODE and strong > 0))
    return merge_adjacent(runs)


def merge_adjacent(runs: Iterable[StyledText]) -> Inline:
    """Return the styled text with neighbours of one style merged and empty ones left out."""
    runs = tuple(runs)
    if len(runs) == 1 and runs[0].text:
        return runs
    merged: list[StyledText] = []
    for run in runs:
        if not run.text:
            continue
        if merged and merged[-1].style is run.style and run.style is not Style.CODE:
            merged[-1] = StyledText(merged[-1].text + run.text, run.style)
        else:
            merged.append(run)
    return tuple(merged)


def collapse_space(inline: Iterable[StyledText]) -> Inline:
    """Return the styled text as one line: white space collapsed outside code, none at the ends."""
    folded = [
        StyledText(_SPACE.sub(" ", run.text), run.style)
        if run.style is not Style.CODE and _COLLAPSIBLE_SPACE.search(run.text)
        else run
        for run in inline
    ]
    if folded and folded[0].style is not Style.CODE and folded[0].text[:1] == " ":
        folded[0] = StyledText(folded[0].text[1:], folded[0].style)
    if folded and folded[-1].style is not Style.CODE and folded[-1].text[-1:] == " ":
        folded[-1] = StyledText(folded[-1].text[:-1], folded[-1].style)
    return merge_adjacent(folded)


def slice_inline(inline: Inline, start: int, end: int | None = None) -> Inline:
    """Return the text between two positions in `plain_text(inline)`, with white space collapsed."""
    runs: list[StyledText] = []
    position = 0
    for run in inline:
        left, after = max(start - position, 0), position + len(run.text)
        right = len(run.text) if end is None or after <= end else end - position
        if left == 0 and right == len(run.text):
            runs.append(run)
        elif left < right:
            runs.append(StyledText(run.text[left:right], run.style, run.is_bold))
        position = after
    return collapse_space(runs)


def _html_text(source: str) -> str:
    if source.startswith("<!--"):
        return ""
    tag = _TAG.match(source)
    if tag and tag[1].lower() == "br":
        return "\n"
    return "" if tag and _STYLING_TAGS.fullmatch(tag[1]) else source
