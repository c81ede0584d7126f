"""Code blocks, comments and the like of a guide's text, with the headings that stand in them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from cards.guide.form.unclosed import close_fences
from cards.regex import regex

if TYPE_CHECKING:
    from collections.abc import Container, Iterator


class EnclosureKind(StrEnum):
    """What lines stand in; each value names it in a sentence."""

    CODE = "code block"
    COMMENT = "comment"
    HTML = "HTML block"
    FORMULA = "formula"
    FRONT_MATTER = "front matter"


@dataclass(frozen=True, slots=True)
class Enclosure:
    """Lines in which no heading is read as one."""

    kind: EnclosureKind
    first: int
    """The line that opens it."""
    last: int
    """The line that closes it, or the text's last."""
    language: str = ""
    """Of a code block; empty for none."""
    end: str = ""
    """What closes it."""


class _Opening(NamedTuple):
    kind: EnclosureKind
    start: re.Pattern[str]
    end: str
    """The pattern of its end; `{}` stands for what the start's group holds."""
    shown_end: str = "{}"


_FENCE = regex(r"[ \t>]*(`{3,}(?=[^`]*$)|~{3,})[ \t]*([\w+#.-]*)")
_OPENINGS = (
    _Opening(EnclosureKind.COMMENT, regex("(<!--)"), "-->", "-->"),
    _Opening(
        EnclosureKind.HTML,
        regex(r"[ \t>]*<(pre|script|style|textarea)\b", re.IGNORECASE),
        r"(?i:</{}\s*>)",
        "</{}>",
    ),
    _Opening(EnclosureKind.FORMULA, regex(r"[ \t>]*(\$\$)"), r"\$\$"),
    _Opening(EnclosureKind.COMMENT, regex(r"[ \t>]*(%%)[ \t]*$"), r"^[ \t>]*%%[ \t]*$"),
)
_MAY_OPEN = regex(r"[ \t>]*(?:```|~~~|<|\$\$|%%)|.*<!--")
"""Begins every line that opens one, but front matter: asked first, since few lines do."""
_FRONT_MATTER = regex(r"(---|\+\+\+)[ \t]*$")


def lines_of(text: str) -> list[str]:
    """Return the lines of a text, whatever ends them."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def enclosures(text: str) -> Iterator[Enclosure]:
    """Yield the enclosures of a guide's text in order, each at most once; none within another."""
    lines = close_fences("\n".join(lines_of(text))).split("\n")
    number = 0
    while number < len(lines):
        found = _enclosure_from(lines, number)
        if found is None:
            number += 1
            continue
        yield found
        number = found.last


def enclosed_texts(text: str, kinds: Container[EnclosureKind]) -> list[str]:
    """Return each enclosure of these kinds in a guide's text, with the lines that open and close it."""
    lines = lines_of(text)
    found = (each for each in enclosures(text) if each.kind in kinds)
    return ["\n".join(lines[each.first - 1 : each.last]) for each in found]


def _enclosure_from(lines: list[str], number: int) -> Enclosure | None:
    """Return the enclosure that the line of this number, counted from 0, opens."""
    line = lines[number]
    if number == 0 and (match := _FRONT_MATTER.match(line)):
        end = re.compile(rf"{re.escape(match[1])}[ \t]*$")
        last = _last_line(lines, number, end)
        return Enclosure(EnclosureKind.FRONT_MATTER, 1, last, end=match[1]) if last < len(lines) else None
    if not _MAY_OPEN.match(line):
        return None
    if match := _FENCE.match(line):
        last = _last_line(lines, number, re.compile(rf"[ \t>]*{match[1]}{match[1][0]}*[ \t]*$"))
        return Enclosure(EnclosureKind.CODE, number + 1, last, match[2], match[1])
    for opening in _OPENINGS:
        if (
            match := opening.start.search(line)
            if opening.kind is EnclosureKind.COMMENT
            else opening.start.match(line)
        ):
            end = re.compile(opening.end.replace("{}", match[1]))
            if end.search(line, match.end()):
                continue
            last = _last_line(lines, number, end)
            return Enclosure(opening.kind, number + 1, last, end=opening.shown_end.replace("{}", match[1]))
    return None


def _last_line(lines: list[str], opened: int, end: re.Pattern[str]) -> int:
    """Return the first line below the opening one that has the end, counted from 1; else the last line."""
    for number in range(opened + 1, len(lines)):
        if end.search(lines[number]):
            return number + 1
    return len(lines)
