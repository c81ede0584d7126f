"""Text of which a piece is marked: by weight where the terminal has any, by marks around it where not."""

from __future__ import annotations

from srs.screen.line.screen_line import ScreenLine, joined, styled

OPEN = "bold reverse"
"""The look of a gap that waits for its answer."""
FILLED = "bold reverse default"
"""The look of what fills a gap; in the text's own colour, whatever the code around it has."""
OPEN_GAP = "[…]"
"""Stands for a gap in a sentence; without a blank in it, so that no line breaks there."""
_BEFORE, _BEHIND = "▸", "◂"
_NO_BREAK = "\ue000"
"""Takes the place of a blank while lines are broken; no text of a card has it."""


def with_marks(text: ScreenLine) -> ScreenLine:
    """Return a text with marks around what is filled in, for a terminal that has no weights to show it."""
    parts, last = [], 0
    for start, end in text.spans(FILLED):
        parts += [text.part(last, start), styled(_BEFORE), text.part(start, end), styled(_BEHIND)]
        last = end
    return joined(*parts, text.part(last))


def paragraph_rows(text: ScreenLine, width: int, *, has_weights: bool) -> list[ScreenLine]:
    """Return a text's rows; a gap never stands alone on one, nor a blank at an end."""
    bound = _bound(text)
    rows = (bound if has_weights else with_marks(bound)).wrapped(width)
    return [ScreenLine(row.plain.replace(_NO_BREAK, " "), row.looks).stripped() for row in rows]


def _bound(text: ScreenLine) -> ScreenLine:
    """Return a text in which a gap, and what fills it if that is one word, stays with the word before it."""
    words = list(text.plain)
    for start, end in (*text.spans(OPEN), *text.spans(FILLED)):
        if start > 1 and words[start - 1] == " " and " " not in words[start:end]:
            words[start - 1] = _NO_BREAK
    return ScreenLine("".join(words), text.looks)
