"""A notebook as the text of a guide: its cells in order, and where each line comes from."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from cards.errors import Problem
from cards.notebook.cell import CellKind, cells_of
from cards.notebook.code_cell import code_fence_of
from cards.notebook.shared_state import continue_questions
from cards.regex import regex
from cards.span import CellPart, NotebookPath

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cards.notebook.cell import Cell

_FENCE = regex(r"[ >\t]{0,3}(?P<marks>`{3,}|~{3,})(?P<rest>.*)")
_FRONT_MATTER = regex(r"---[ \t]*\n.*\n(?:---|\.\.\.)[ \t]*\Z", re.DOTALL)
_LAST_COMMENT = regex(r"<!--\s*proofdeck:(?:(?!-->)[^\n])*-->\s*\Z")
_STATES_NOTHING = regex(r"\b(?:no-run|skip|no-output|syntax-error|task)\b")
_MOST_NAMED = 5
"""Cells that a note names; the rest are counted."""


class NotebookText(NamedTuple):
    """The guide that a notebook is."""

    text: str
    path: NotebookPath
    """The notebook's path, which knows the cell of every line."""
    notes: tuple[Problem, ...] = ()
    """What of the notebook is not in the text, for its author to know."""


def notebook_text(raw: str, path: str) -> NotebookText:
    """Return the Markdown that a notebook's cells come to; raise FormatError where it is damaged.

    Markdown cells stand as they are, code cells as Python with their stored output below. Raw cells, pictures
    and magics that stand alone are left out, and named.
    """
    writer = _Writer()
    left_out: dict[str, list[int]] = {}
    for cell in cells_of(raw, path):
        phrase = writer.add(cell)
        if phrase:
            left_out.setdefault(phrase, []).append(cell.number)
        if cell.images:
            left_out.setdefault("the pictures that code drew", []).append(cell.number)
    named = NotebookPath(path, tuple(writer.parts))
    notes = tuple(Problem(path, 0, f"left out: {what} ({_cells(of)}).") for what, of in left_out.items())
    return NotebookText(continue_questions("\n".join(writer.lines) + "\n", path), named, notes)


class _Writer:
    """Collects the lines of the text, and the cell of each."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.parts: list[CellPart] = []

    def add(self, cell: Cell) -> str:
        """Add a cell; return what of it was left out, as a phrase, or nothing."""
        match cell.kind:
            case CellKind.CODE:
                return self._add_code(cell)
            case CellKind.MARKDOWN:
                self._add_lines(cell, 1, _with_closed_fence(cell.source.rstrip().split("\n")))
            case CellKind.RAW if cell.number == 1 and _FRONT_MATTER.match(cell.source.strip()):
                self._add_lines(cell, 1, cell.source.strip().split("\n"))
            case CellKind.RAW:
                return "raw text" if cell.source.strip() else ""
        return ""

    def _add_code(self, cell: Cell) -> str:
        fence = code_fence_of(cell)
        if fence is None:
            return "magics of the notebook" if cell.source.strip() else ""
        marks = _marks_around((*fence.lines, *fence.stated))
        waiting = self._waiting_directives()
        self._add_lines(cell, 0, [f"{marks}{fence.info.partition(' ')[0] if waiting else fence.info}"])
        self.lines.pop()  # the blank behind it
        self._add_lines(cell, fence.first, fence.lines)
        self.lines[-1] = marks
        self.parts.append(CellPart(len(self.lines), cell.number, 0))
        self.lines.append("")
        if fence.stated and not _STATES_NOTHING.search(waiting):
            self._add_lines(cell, 0, [f"{marks}output", *fence.stated, marks])
        return fence.left_out

    def _waiting_directives(self) -> str:
        """Return the proofdeck comment that the last cell ends in, for the code below; or nothing."""
        text = "\n".join(self.lines[self.parts[-1].first - 1 :]) if self.parts else ""
        comment = _LAST_COMMENT.search(text)
        return comment[0] if comment else ""

    def _add_lines(self, cell: Cell, line: int, lines: Sequence[str]) -> None:
        """Add lines, the first of which is that line of the cell, and a blank behind them."""
        self.parts.append(CellPart(len(self.lines) + 1, cell.number, line))
        self.lines += [*lines, ""]


def _with_closed_fence(lines: list[str]) -> list[str]:
    """Return the lines of a Markdown cell; a fence that is open at its end ends there, as in Jupyter."""
    marks = ""
    for line in lines:
        fence = _FENCE.match(line)
        if fence is None:
            continue
        if not marks:
            marks = fence["marks"]
        elif fence["marks"].startswith(marks) and not fence["rest"].strip():
            marks = ""
    return [*lines, marks] if marks else lines


def _marks_around(lines: Sequence[str]) -> str:
    """Return marks of a fence that no line of it could close."""
    longest = max((len(run) for line in lines for run in re.findall(r"`+", line)), default=0)
    return "`" * max(3, longest + 1)


def _cells(numbers: Sequence[int]) -> str:
    shown = ", ".join(map(str, numbers[:_MOST_NAMED]))
    more = f" and {len(numbers) - _MOST_NAMED} more" if len(numbers) > _MOST_NAMED else ""
    return f"cell {shown}" if len(numbers) == 1 else f"cells {shown}{more}"
