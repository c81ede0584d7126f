"""Text with a style: plain, code, a formula, strong, emphasis or a gap."""

from __future__ import annotations

from dataclasses import field
from enum import StrEnum
from typing import TypeAlias

from cards.value import value

BLANK = "____"
"""Stands for a hidden piece of code; a name, so that what is left is still Python."""

REASON_MARK = "  # why?"
"""Behind the line of code whose reason is asked for."""


class Style(StrEnum):
    """The style of a piece of text; one each, code and formulas before strong before emphasis."""

    PLAIN = "plain"
    CODE = "code"
    FORMULA = "formula"
    """TeX with its delimiters, letter for letter: `$x^2$`."""
    STRONG = "strong"
    EMPHASIS = "emphasis"
    GAP = "gap"
    """The place on a card's front where the answer is hidden; its text is what to show there."""

    # Texts are looked up by their styles; the hash of an enum's member would be one of its name, in Python.
    __hash__ = str.__hash__

    is_verbatim: bool
    """Whether every letter counts: nothing in it is cut, joined or capitalised."""

    def __init__(self, value: str) -> None:
        self.is_verbatim = value in {"code", "formula"}


@value
class StyledText:
    """Text of one style."""

    text: str
    style: Style = Style.PLAIN
    is_bold: bool = field(default=False, compare=False)
    """Code that the author set bold too: the name to ask for. No side of a card shows it."""


Inline: TypeAlias = tuple[StyledText, ...]


def plain_text(inline: Inline) -> str:
    """Return the words alone, without styles."""
    return inline[0].text if len(inline) == 1 else "".join([run.text for run in inline])
