"""Text with looks: joined, cut, padded and broken by the columns that it takes."""

from __future__ import annotations

from itertools import groupby, pairwise
from typing import TYPE_CHECKING, TypeVar

from cards.hidden_character import escape_hidden
from cards.regex import regex
from cards.value import NamedTuple
from srs.screen.line.columns import chop, columns_of, cut_to

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_T = TypeVar("_T")
_WORD = regex(r"\s*\S+\s*")
_TAB_COLUMNS = 8
_OWN = ("\N{LEFT-TO-RIGHT ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}")
"""What a card's side puts around code within a text that is read from right to left."""


class ScreenLine(NamedTuple):
    """A text, and the look of each of its characters."""

    plain: str = ""
    looks: tuple[str, ...] = ()

    @property
    def width(self) -> int:
        """The columns that it takes."""
        return columns_of(self.plain)

    def runs(self) -> Iterator[tuple[int, int, str]]:
        """Return start, end and look of each run of characters that look the same."""
        return _runs(self.looks)

    def spans(self, look: str) -> list[tuple[int, int]]:
        """Return start and end of each run of characters to which this look was added last."""
        is_so = [each.endswith(look) for each in self.looks]
        return [(start, end) for start, end, found in _runs(is_so) if found]

    def part(self, start: int, end: int | None = None) -> ScreenLine:
        """Return the characters from one position up to another."""
        return ScreenLine(self.plain[start:end], self.looks[start:end])

    def pieces(self, positions: Iterable[int]) -> list[ScreenLine]:
        """Return what lies between the positions."""
        return [self.part(start, end) for start, end in pairwise([0, *positions, len(self.plain)])]

    def split(self, mark: str) -> list[ScreenLine]:
        """Return what lies between the marks of one character."""
        ends = [place for place, character in enumerate(self.plain) if character == mark]
        starts = [0, *(end + 1 for end in ends)]
        return [self.part(start, end) for start, end in zip(starts, [*ends, None], strict=True)]

    def looking(self, look: str, start: int = 0, end: int | None = None) -> ScreenLine:
        """Return the line with a look added to some of its characters."""
        added = tuple(f"{each} {look}".lstrip() for each in self.looks[start:end])
        return ScreenLine(self.plain, self.looks[:start] + added + self.looks[start + len(added) :])

    def stripped(self) -> ScreenLine:
        """Return the line without the blanks at its end."""
        return self.part(0, len(self.plain.rstrip()))

    def padded(self, width: int, look: str = "") -> ScreenLine:
        """Return the line with blanks behind it, so that it takes at least so many columns."""
        return joined(self, styled(" " * (width - self.width), look))

    def at_right(self, width: int) -> ScreenLine:
        """Return the line with blanks before it, so that it ends at the last of so many columns."""
        return joined(styled(" " * (width - self.width)), self)

    def cut(self, width: int, mark: str = "") -> ScreenLine:
        """Return as much of the line as has room; behind one that was cut stands the mark."""
        if self.width <= width:
            return self
        plain = cut_to(self.plain, max(0, width - len(mark))) + mark
        return ScreenLine(plain, self.looks[: len(plain)])

    def expanded(self, step: int = _TAB_COLUMNS) -> ScreenLine:
        """Return the line with blanks for its tabs, each up to the next multiple of so many columns."""
        first, *others = self.split("\t")
        for part in others:
            first = joined(first.padded((first.width // step + 1) * step), part)
        return first

    def clipped(self, width: int) -> list[ScreenLine]:
        """Return its lines unbroken, an ellipsis at the end of each that has no room."""
        return [line.expanded().cut(width, "…") for line in self.split("\n")]

    def wrapped(self, width: int) -> list[ScreenLine]:
        """Return the rows that it takes, broken between words; a word with no room in a row is broken too."""
        width = max(1, width)
        if self.width <= width and self.plain.isprintable():
            return [self]
        lines = [line.expanded() for line in self.split("\n")]
        return [row.cut(width) for line in lines for row in line.pieces(_breaks(line.plain, width))]


def styled(text: str, look: str = "") -> ScreenLine:
    """Return a text that looks the same all along, its hidden characters as escapes."""
    text = shown_text(text)
    return ScreenLine(text, (look,) * len(text))


def joined(*parts: ScreenLine) -> ScreenLine:
    """Return the parts as one line."""
    return ScreenLine(
        "".join(part.plain for part in parts), tuple(look for part in parts for look in part.looks)
    )


def set_in(lines: Iterable[ScreenLine], columns: int) -> list[ScreenLine]:
    """Return the lines with a margin before them."""
    margin = styled(" " * columns)
    return [joined(margin, line) for line in lines]


def behind(mark: ScreenLine, rows: Iterable[ScreenLine]) -> list[ScreenLine]:
    """Return the rows with a mark before the first of them, the others as far in."""
    blank = styled(" " * mark.width)
    return [joined(blank if number else mark, row) for number, row in enumerate(rows)]


def shown_text(text: str) -> str:
    """Return a text with each hidden character as an escape, unless a card's side put it there itself."""
    for character in _OWN:
        if character in text:
            return character.join(shown_text(part) for part in text.split(character))
    return escape_hidden(text)


def _runs(values: Iterable[_T]) -> Iterator[tuple[int, int, _T]]:
    """Yield start, end and value of each run of values that are equal."""
    start = 0
    for value, run in groupby(values):
        end = start + sum(1 for _ in run)
        yield start, end, value
        start = end


def _breaks(text: str, width: int) -> list[int]:
    """Return the positions at which a text is broken so that each row has room."""
    breaks: list[int] = []
    used = 0
    for word in _WORD.finditer(text):
        start = word.start()
        needed = columns_of(word[0].rstrip())
        if used + needed <= width:
            used += columns_of(word[0])
            continue
        parts = chop(word[0], width) if needed > width else [word[0]]
        for part in parts:
            breaks.append(start)
            start += len(part)
        used = columns_of(parts[-1])
    return [place for place in breaks if place]
