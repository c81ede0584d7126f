"""Text with a style: plain, code, strong, emphasis or a gap."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

BLANK = "____"
"""Stands for a hidden piece of code; a name, so that what is left is still Python."""


class Style(StrEnum):
    """The style of a piece of text; one each, code before strong before emphasis."""

    PLAIN = "plain"
    CODE = "code"
    STRONG = "strong"
    EMPHASIS = "emphasis"
    GAP = "gap"
    """The place on a card's front where the answer is hidden; its text is what to show there."""


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
