"""Headings that stand in a code block, where nobody reads them as questions."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from cards.check.enclosure import Enclosure, EnclosureKind, enclosures, lines_of
from cards.errors import Problem
from cards.guide.decoration import asks, undecorated
from cards.guide.element import PYTHON_LANGUAGES
from cards.guide.heading.number import without_number
from cards.regex import regex

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cards.guide.guide import Guide

_MOST_NAMED = 4
_MARK = regex(r"[ \t>]*(?:[-*+][ \t]+|\d+[.)][ \t]+)?(?P<level>#{0,6})[ \t]*")
_HEADING = regex(r"(?P<level>#{1,6})[ \t]+(?P<words>\S.*)")
_LABEL = regex(r"Q(?:uestion)?[ .#-]{0,2}\d", re.IGNORECASE)
_ATTRIBUTES = regex(r"\s*(?:\{[^{}]*\}|#+|<!--.*?-->)\s*$")
_OF_MARKDOWN = frozenset({"markdown", "md", "mdx", "rst", "text", "txt", "mkd", "html"})


def swallowed_headings(text: str, path: str, guide: Guide) -> Iterator[Problem]:
    """Yield each code block that holds headings like those of the guide's questions, by its first line.

    Nothing says so of a block that shows Markdown, or of Python whose comments look like headings.
    """
    if "```" not in text and "~~~" not in text:
        return
    found = [each for each in enclosures(text) if each.kind is EnclosureKind.CODE]
    if not found:
        return
    lines = lines_of(text)
    levels = {
        match["level"]
        for question in guide.questions
        if question.span.first <= len(lines) and (match := _HEADING.match(lines[question.span.first - 1]))
    }
    for each in found:
        headings = list(_question_headings(each, lines, levels))
        if headings and not _is_code(each, lines):
            yield swallowing(each, headings, [heading_words(lines[number - 1]) for number in headings], path)


def _question_headings(block: Enclosure, lines: Sequence[str], levels: set[str]) -> Iterator[int]:
    """Yield the lines of a code block that would be questions outside of it."""
    if block.language.lower() in _OF_MARKDOWN:
        return
    for number in range(block.first + 1, block.last + 1):
        match = _HEADING.match(lines[number - 1])
        if (
            match
            and match["level"] in levels
            and not lines[number - 2].strip()
            and (asks(heading_words(match["words"])) or _LABEL.match(match["words"]))
        ):
            yield number


def _is_code(block: Enclosure, lines: Sequence[str]) -> bool:
    """Tell whether all of a block that calls itself Python is Python."""
    if block.language.lower() not in PYTHON_LANGUAGES:
        return False
    try:
        ast.parse("\n".join(lines[block.first : block.last - 1]))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True


def heading_words(line: str) -> str:
    """Return the words of a line without the marks of a heading, a list or bold around them."""
    bare = _MARK.sub("", line, count=1)
    bare = _ATTRIBUTES.sub("", bare)
    return without_number(undecorated(bare.strip().strip("*_").strip()))


def swallowing(block: Enclosure, headings: Sequence[int], words: Sequence[str], path: str) -> Problem:
    """Return the sentence of an enclosure that holds headings of questions."""
    number = len(headings)
    held = "the heading of a question" if number == 1 else f"the headings of {number} questions"
    end = f"; write {block.end} above line {headings[0]}" if block.end else ""
    sentence = (
        f"the {block.kind.value} that opens here runs to line {block.last} and holds {held} "
        f"({quoted(words)}){end} if it should end there."
    )
    return Problem(path, block.first, sentence)


def quoted(words: Sequence[str]) -> str:
    """Return the first few names, quoted."""
    some = ", ".join(f"“{each.replace('-', ' ')}”" for each in words[:_MOST_NAMED])
    return some if len(words) <= _MOST_NAMED else f"{some} and {len(words) - _MOST_NAMED} more"
