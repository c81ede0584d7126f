"""Marks that a merge left in a guide, which Markdown takes for words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cards.check.enclosure import EnclosureKind, enclosures, lines_of
from cards.errors import Problem
from cards.guide.element import PYTHON_LANGUAGES
from cards.regex import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

_MARK = regex(r"(?:<{7}|>{7})(?: |$)")


def merge_marks(text: str, path: str) -> Iterator[Problem]:
    """Yield a warning for the first line of each conflict that a merge left; a code block may show one."""
    if "<<<<<<<" not in text and ">>>>>>>" not in text:
        return
    showing = [
        each
        for each in enclosures(text)
        if each.kind is EnclosureKind.CODE and each.language.lower() not in PYTHON_LANGUAGES
    ]
    is_open = False
    for number, line in enumerate(lines_of(text), start=1):
        match = _MARK.match(line)
        if match is None or any(each.first < number < each.last for each in showing):
            continue
        if not is_open:
            sentence = (
                "a merge left its marks here, and both sides count as words; keep one and delete the marks."
            )
            yield Problem(path, number, sentence)
        is_open = line.startswith("<")
