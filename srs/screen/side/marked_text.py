"""Text of which a piece is marked: by weight where the terminal has any, by marks around it where not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.measure import Measurement
from rich.text import Text

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, JustifyMethod, RenderResult

OPEN = "bold reverse"
"""The look of a gap that waits for its answer."""
FILLED = "bold reverse default"
"""The look of what fills a gap; in the text's own colour, whatever the code around it has."""
OPEN_GAP = "[…]"
"""Stands for a gap in a sentence; without a blank in it, so that no line breaks there."""
_BEFORE, _BEHIND = "▸", "◂"
_NO_BREAK = "\ue000"
"""Takes the place of a blank while lines are broken; no text of a card has it."""


def with_marks(text: Text, console: Console) -> Text:
    """Return a text with marks around what is filled in, where the terminal has no weights to show it."""
    if console.color_system is not None:
        return text
    marked = Text(tab_size=text.tab_size)
    end = 0
    for span in sorted(span for span in text.spans if span.style == FILLED):
        marked.append_text(text[end : span.start]).append(_BEFORE)
        marked.append_text(text[span.start : span.end]).append(_BEHIND)
        end = span.end
    return marked.append_text(text[end:]) if end else text


@dataclass(frozen=True, slots=True)
class ShownParagraph:
    """A text that is broken into lines so that a gap never stands alone on one, nor a blank at an end."""

    text: Text
    justify: JustifyMethod | None = None

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Yield its lines."""
        text = with_marks(_bound(self.text), console)
        for line in text.wrap(console, options.max_width, justify=self.justify, overflow="fold"):
            line.plain = line.plain.replace(_NO_BREAK, " ")
            line.rstrip()
            yield line

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        """Return how many columns it takes."""
        return Measurement.get(console, options, with_marks(self.text, console))


def _bound(text: Text) -> Text:
    """Return a text in which a gap, and what fills it if that is one word, stays with the word before it."""
    gaps = [span for span in text.spans if span.style in {OPEN, FILLED}]
    words = list(text.plain)
    for start, end, _ in gaps:
        if start > 1 and words[start - 1] == " " and " " not in words[start:end]:
            words[start - 1] = _NO_BREAK
    bound = text.copy()
    bound.plain = "".join(words)
    return bound
