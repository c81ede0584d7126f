"""Text with a style: plain, code, a formula, strong, emphasis or a gap."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

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

    @property
    def is_verbatim(self) -> bool:
        """Whether every letter counts: nothing in it is cut, joined or capitalised."""
        # Asked for each run of each text; a set would have the member hashed by its name.
        return self is Style.CODE or self is Style.FORMULA


@dataclass(frozen=True, slots=True)
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
