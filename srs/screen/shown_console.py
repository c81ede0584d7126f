"""The console on which commands draw."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console
from rich.segment import Segment

from cards.hidden_character import escape_hidden

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import ConsoleOptions, RenderableType

_OWN = ("\N{LEFT-TO-RIGHT ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}")
"""What a card's side puts around code within a text that is read from right to left."""


class ShownConsole(Console):
    """A console that draws hidden characters as escapes, wherever the text came from."""

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
        """Yield what is to be drawn."""
        for segment in super().render(renderable, options):
            text = segment.text
            if segment.control or (text.isascii() and text.isprintable()) or text == "\n":
                yield segment
            else:
                yield Segment(_shown(text), segment.style)


def _shown(text: str) -> str:
    for character in _OWN:
        if character in text:
            return character.join(_shown(part) for part in text.split(character))
    return escape_hidden(text)
