"""Read Markdown, also with unclosed fences, into lines with known kinds."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from cards.document.fence_info import fence_info_of
from cards.recover.page.code_lines import code_lines
from cards.recover.page.page import (
    DroppedLine,
    Line,
    LineKind,
    Page,
    PageFormat,
    collapse_blanks,
    split_lines,
)
from cards.regex import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

_FENCE = regex(r"(?P<indent>[ \t>]*)(?P<marks>`{3,}|~{3,})[ \t]*(?P<info>[^`]*)$")
_HEADING = regex(r"(#{1,6})[ \t]*(?P<words>[^\s#!].*?)[ \t]*#*$")
_RULE = regex(r"\s*(?:[-*_][ \t]*){3,}$|\s*=+\s*$")
_LIST_ENTRY = regex(r"(?P<indent>[ \t]*)(?P<mark>[-*+]|\d{1,3}[.)])[ \t]+(?P<words>\S.*)")
_BOLD_QUESTION = regex(r"\*\*(?P<words>(?:Q\s*\d*\s*[.:]|\d{1,3}[.)])\s*[^*]+|[^*]+\?)\*\*$")
_STARTS_ANEW = regex(r"(?:\*\*)?(?:[QA]\s*\d*\s*[.:)]|\d{1,3}[.)]\s|[-*+]\s|\||#)")
_COMMENT = regex(r"<!--.*?-->", re.DOTALL)
_UNCLOSED_COMMENT = regex(r"(?<!\\)<!--")
"""What no `-->` ends is text; the guide format would take all behind it for the comment."""
_KIND_OF_LANGUAGE = {
    "python": LineKind.PYTHON,
    "py": LineKind.PYTHON,
    "python3": LineKind.PYTHON,
    "bash": LineKind.SHELL,
    "sh": LineKind.SHELL,
    "shell": LineKind.SHELL,
    "console": LineKind.SHELL,
    "zsh": LineKind.SHELL,
}


def markdown_page(text: str) -> Page:
    """Return the text's lines; a fence that is never closed ends where a question or a heading begins."""
    dropped = [
        DroppedLine(text.count("\n", 0, match.start()) + 1, collapse_blanks(match[0]), "a comment")
        for match in _COMMENT.finditer(text)
    ]
    text = _COMMENT.sub(lambda match: "\n" * match[0].count("\n"), text)
    raws = split_lines(text)
    lines: list[Line] = []
    block = place = 0
    marked_levels = {len(match[1]) for raw in raws if (match := _HEADING.match(raw))}
    while place < len(raws):
        raw = raws[place]
        if opening := _FENCE.match(raw):
            last = _closing_fence(raws, place, opening["marks"])
            inside = raws[place + 1 : last]
            if any(line.strip() for line in inside):
                block += 1
                lines += _fenced_lines(inside, opening["info"], place + 2, block)
            closed = last < len(raws) and _FENCE.match(raws[last])
            place = last + (1 if closed else 0)
            continue
        if raw.strip() and not _RULE.fullmatch(raw):
            escaped = _UNCLOSED_COMMENT.sub(r"\\\g<0>", raw)
            line = replace(_read_line(escaped, place + 1, marked_levels), raw=raw.rstrip())
            after_blank = not place or not raws[place - 1].strip()
            _add_line(lines, line, raw, after_blank=after_blank)
        place += 1
    return Page(PageFormat.MARKDOWN, tuple(lines), dropped=tuple(dropped))


def _fenced_lines(inside: list[str], info: str, number: int, block: int) -> Iterator[Line]:
    """Return the lines between two fences, from the first that is not blank.

    `number` is that of the line right behind the opening fence, `info` what the fence says of its language.
    """
    language = fence_info_of(info).language
    kind = _KIND_OF_LANGUAGE.get(language) or (LineKind.PLAIN if language else None)
    first = next(offset for offset, line in enumerate(inside) if line.strip())
    return code_lines("\n".join(inside[first:]), number + first, block, kind, language)


def _add_line(lines: list[Line], line: Line, raw: str, *, after_blank: bool) -> None:
    """Add a line that is not code; one that goes on with the line before it is joined to that."""
    if lines and not after_blank and _continues(lines[-1], line, raw):
        before = lines[-1]
        lines[-1] = replace(before, text=f"{before.text} {line.text}", raw=f"{before.raw} {line.text}")
    else:
        lines.append(line)


def _continues(before: Line, line: Line, raw: str) -> bool:
    """Tell whether a line goes on with the paragraph or the list entry before it."""
    if line.known or _STARTS_ANEW.match(line.text) or before.known not in {None, LineKind.LIST}:
        return False
    return before.known is None or raw[:1] in " \t" or line.text[0].islower()


def _closing_fence(raws: list[str], opened: int, marks: str) -> int:
    """Return the line that closes a fence; where none does, the one before which it must end."""
    for place in range(opened + 1, len(raws)):
        closing = _FENCE.match(raws[place])
        if closing and closing["marks"][0] == marks[0]:
            return place  # one with a language opens another block: this one was left open
        if re.match(r"#{2,6}[ \t]+\S.*\?\s*$|#{2,6}[ \t]+(?:Q\s*)?\d+[.:)]", raws[place]):
            return place
    return len(raws)


def _read_line(raw: str, number: int, levels: set[int]) -> Line:
    text = collapse_blanks(raw.lstrip("> \t")) if raw.lstrip().startswith(">") else collapse_blanks(raw)
    line = Line(number, text, raw.rstrip(), marked=True)
    if heading := _HEADING.match(raw):
        level = len(heading[1])
        # Where every heading is of the first level, none of them is the title for that.
        return replace(
            line,
            text=collapse_blanks(heading["words"]),
            known=LineKind.HEADING,
            level=level if levels != {1} else 2,
        )
    if bold := _BOLD_QUESTION.match(text):
        return replace(line, text=collapse_blanks(bold["words"]), known=LineKind.HEADING, level=3)
    if entry := _LIST_ENTRY.match(raw):
        asks = (
            re.match(r"\d", entry["mark"])
            and entry["words"].rstrip("*_ ").endswith("?")
            and not entry["indent"]
        )
        if asks:
            return replace(line, known=None)
        depth = len(entry["indent"].expandtabs(4)) // 2
        return replace(
            line,
            text=collapse_blanks(entry["words"]),
            known=LineKind.LIST,
            depth=min(depth, 3),
            ordered=entry["mark"][0].isdigit(),
        )
    if text.startswith("|") and text.endswith("|") and len(text) > 1:
        return replace(line, known=LineKind.TABLE)
    return line
