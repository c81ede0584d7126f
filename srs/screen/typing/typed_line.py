"""A line while it is typed: what each key makes of it, and which part of it a screen shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from srs.screen.keys import pasted_text
from srs.screen.line.columns import columns_of

LINE_END = "⏎"
"""Stands for the end of a line within an answer of several lines."""
_TAB = "    "


class Window(NamedTuple):
    """The part of a line that has room on the screen."""

    text: str
    cursor_column: int


@dataclass(frozen=True, slots=True)
class TypedLine:
    """A line, and where in it the next character goes."""

    text: str = ""
    cursor: int = 0

    def after(self, key: str) -> TypedLine:
        """Return the line after a key; a key that means nothing here changes nothing."""
        text, cursor = self.text, self.cursor
        match key:
            case "left" | "\x02":
                return TypedLine(text, max(0, cursor - 1))
            case "right" | "\x06":
                return TypedLine(text, min(len(text), cursor + 1))
            case "home" | "\x01":
                return TypedLine(text, 0)
            case "end" | "\x05":
                return TypedLine(text, len(text))
            case "backspace":
                return self._without(max(0, cursor - 1), cursor)
            case "delete":
                return self._without(cursor, cursor + 1)
            case "\x15":
                return self._without(0, cursor)
            case "\x0b":
                return self._without(cursor, len(text))
            case "\x17":
                return self._without(self._word_start(), cursor)
            case "space":
                return self._with(" ")
            case "\t":
                return self._with(_TAB)
            case _ if (pasted := pasted_text(key)) is not None:
                return self._with(pasted)
            case _ if len(key) == 1 and key.isprintable():
                return self._with(key)
            case _:
                return self

    def window(self, columns: int) -> Window:
        """Return what is shown of it in some columns, so that the cursor is in sight."""
        shown = self.text.replace("\n", LINE_END).replace("\t", " ")
        start = 0
        while columns_of(shown[start : self.cursor]) >= columns:
            start += 1
        end = len(shown)
        while columns_of(shown[start:end]) >= columns and end > self.cursor:
            end -= 1
        return Window(shown[start:end], columns_of(shown[start : self.cursor]))

    def _with(self, more: str) -> TypedLine:
        text = f"{self.text[: self.cursor]}{more}{self.text[self.cursor :]}"
        return TypedLine(text, self.cursor + len(more))

    def _without(self, start: int, end: int) -> TypedLine:
        return TypedLine(self.text[:start] + self.text[end:], start)

    def _word_start(self) -> int:
        before = self.text[: self.cursor].rstrip()
        return max(before.rfind(" "), before.rfind("\n")) + 1
