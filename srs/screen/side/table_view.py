"""A table of a card, laid out by rich."""

from __future__ import annotations

from io import StringIO
from typing import TYPE_CHECKING

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.style import Style as RichStyle
from rich.table import Table as Grid
from rich.text import Text

from srs.screen.line.screen_line import ScreenLine, joined, styled

if TYPE_CHECKING:
    from collections.abc import Sequence


def table_lines(
    header: Sequence[ScreenLine], rows: Sequence[Sequence[ScreenLine]], width: int
) -> list[ScreenLine]:
    """Return the lines of a table in some columns."""
    table = Grid(box=SIMPLE_HEAD, pad_edge=False, show_edge=False, border_style=RichStyle.parse("dim"))
    for cell in header:
        table.add_column(rich_text(cell), overflow="fold", header_style="bold")
    for row in rows:
        table.add_row(*map(rich_text, row))
    console = Console(file=StringIO(), width=width, legacy_windows=False, _environ={})
    lines = console.render_lines(table, pad=False)
    return [joined(*(styled(text, _look(style)) for text, style, _ in line)) for line in lines]


def rich_text(line: ScreenLine) -> Text:
    """Return a line as a text of rich."""
    text = Text()
    for start, end, look in line.runs():
        text.append(line.plain[start:end], look)
    return text


def _look(style: RichStyle | None) -> str:
    return str(style) if style else ""
