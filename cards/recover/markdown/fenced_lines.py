"""The lines of a Markdown text, each with its line end, and which of them stand in a fence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cards.regex import regex

if TYPE_CHECKING:
    import re
    from collections.abc import Sequence

_FENCE = regex(r"(?P<indent>[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*)(?P<marks>`{3,}|~{3,})(?P<info>.*)")
_LINE = regex(r"([^\r\n]*)(\r\n|\r|\n|\Z)")
_ASKING_HEADING = regex(r"#{2,6}[ \t]*(?:Q\s*\d+|\d+)\s*[.:)].*|#{2,6}[ \t]+\S.*\?\s*")
"""A heading that code does not hold as a comment: its mark has two signs at least, and it asks."""


@dataclass(frozen=True, slots=True)
class FencedBlock:
    """A fence, by the places of its lines."""

    opened: int
    closed: int
    """The line that closes it, or the one before which it must end where none does."""
    marks: str
    info: str
    is_closed: bool


def lines_of(text: str) -> tuple[list[str], list[str]]:
    """Return the lines of a text without their ends, and those ends; joined in turn they are the text."""
    pairs = [(match[1], match[2]) for match in _LINE.finditer(text)]
    while len(pairs) > 1 and pairs[-1] == ("", "") and not pairs[-2][1]:
        pairs.pop()
    return [line for line, _ in pairs], [end for _, end in pairs]


def fenced_blocks(lines: Sequence[str]) -> list[FencedBlock]:
    """Return the fences of a text in order; one that is left open ends before the next heading that asks."""
    found: list[FencedBlock] = []
    place = 0
    while place < len(lines):
        opening = _FENCE.match(lines[place])
        if opening is None or (opening["marks"][0] == "`" and "`" in opening["info"]):
            place += 1
            continue
        block = _block_from(lines, place, opening)
        found.append(block)
        place = block.closed + block.is_closed
    return found


def _block_from(lines: Sequence[str], opened: int, opening: re.Match[str]) -> FencedBlock:
    marks, info = opening["marks"], opening["info"].strip()
    asking = 0
    for place in range(opened + 1, len(lines)):
        stripped = lines[place].lstrip(" \t>")
        if stripped.startswith(marks) and not stripped.strip().strip(marks[0]):
            # A fence closes where it is meant to, unless another opened in between.
            if asking and _opens_with_language(lines, asking, place, marks):
                break
            return FencedBlock(opened, place, marks, info, is_closed=True)
        if not asking and _ASKING_HEADING.fullmatch(lines[place]):
            asking = place
    return FencedBlock(opened, asking or len(lines), marks, info, is_closed=False)


def _opens_with_language(lines: Sequence[str], first: int, end: int, marks: str) -> bool:
    """Tell whether a line opens another fence in between: the one before it was never closed."""
    return any(
        (fence := _FENCE.match(lines[place])) is not None
        and fence["marks"][0] == marks[0]
        and bool(fence["info"].strip())
        for place in range(first, end)
    )
