"""Places in files, by line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from cards.value import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence


class Span(NamedTuple):
    """A range of lines in a file: 1-based, both ends included."""

    path: str
    first: int
    last: int

    def __str__(self) -> str:
        return place_of(self.path, self.first)


NOWHERE = Span("", 0, 0)
"""The span of what did not come from a file."""


class CellPart(NamedTuple):
    """A run of lines of a notebook's text that come from one part of a cell."""

    first: int
    """Its first line in the text, 1-based."""
    cell: int
    """The number of the cell, counted from 1 and from the top, cells of all kinds."""
    line: int
    """The line of the cell that the first line is; 0 for what stands in no line of it."""


class NotebookPath(str):
    """The path of a notebook, which knows the cell that each line of its text comes from."""

    __slots__ = ("parts",)

    parts: tuple[CellPart, ...]

    def __new__(cls, path: str, parts: tuple[CellPart, ...] = ()) -> Self:
        """Return the path with the parts of cells that its text is made of, in their order."""
        made = super().__new__(cls, path)
        made.parts = parts
        return made

    def cell_line(self, line: int) -> str:
        """Return what a line of the text is called in the notebook: `cell 4 line 2`."""
        from bisect import bisect_right

        place = bisect_right(self.parts, line, key=lambda part: part.first) - 1
        if place < 0:
            return "cell 1"
        part = self.parts[place]
        return f"cell {part.cell} line {part.line + line - part.first}" if part.line else f"cell {part.cell}"


def place_of(path: str, line: int) -> str:
    """Return a line of a file as messages say it: `guide.md:12`, `guide.ipynb:cell 4 line 2`."""
    return f"{path}:{path.cell_line(line) if isinstance(path, NotebookPath) else line}"


def line_name(path: str, line: int) -> str:
    """Return what a line of a file is called where the file is named already: `line 12`, `cell 4 line 2`."""
    return path.cell_line(line) if isinstance(path, NotebookPath) else f"line {line}"


def lines_name(path: str, lines: Sequence[int]) -> str:
    """Return what lines of a file are called: `line 3`, `lines 3, 5`, `cell 4 line 2, cell 6 line 1`."""
    if isinstance(path, NotebookPath):
        return ", ".join(path.cell_line(line) for line in lines)
    return f"{'line' if len(lines) == 1 else 'lines'} {', '.join(map(str, lines))}"
