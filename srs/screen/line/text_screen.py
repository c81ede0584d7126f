"""The screen of a terminal: its size, what it can show, and lines put on it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, TextIO

from cards.value import NamedTuple
from srs.screen.line.look import look_escapes
from srs.screen.line.screen_line import ScreenLine

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

CLEAR, HOME = "\x1b[2J", "\x1b[H"
CURSOR_SHOWN, CURSOR_HIDDEN = "\x1b[?25h", "\x1b[?25l"
ALTERNATE_SCREEN, NORMAL_SCREEN = f"\x1b[?1049h{HOME}", "\x1b[?1049l"
PASTES_TOLD, PASTES_UNTOLD = "\x1b[?2004h", "\x1b[?2004l"
"""The terminal puts marks around what is pasted, or no longer."""
EMPTY_LINE = "\x1b[1G\x1b[2K"
"""The cursor at the begin of its line, which is erased."""
_COLUMNS, _ROWS = 80, 25
"""The size of a terminal that says none."""
_DUMB = frozenset({"dumb", "unknown"})


class ScreenSize(NamedTuple):
    """How many characters have room."""

    columns: int
    rows: int


class TextScreen:
    """A screen that lines are put on."""

    def __init__(
        self,
        file: TextIO,
        read_size: Callable[[], ScreenSize],
        *,
        takes_escapes: bool = False,
        in_colour: bool = True,
        is_dumb: bool = False,
    ) -> None:
        """Write into a file; without escapes it is text alone, and a dumb terminal can only go on writing."""
        self.file = file
        self._read_size = read_size
        self.takes_escapes = takes_escapes
        self._in_colour = in_colour
        self.is_dumb = is_dumb

    @property
    def size(self) -> ScreenSize:
        """The room there is now; on a dumb terminal the line that ends a screen takes one."""
        columns, rows = self._read_size()
        return ScreenSize(columns, max(1, rows - self.is_dumb))

    def put(self, lines: Iterable[ScreenLine], *, before: str = "", behind: str = "") -> None:
        """Write lines, with escapes before and behind them where the terminal takes any."""
        text = "\n".join(map(self._text, lines))
        self.file.write(f"{before}{text}{behind}" if self.takes_escapes else text)
        self.file.flush()

    def print(self, lines: Iterable[ScreenLine]) -> None:
        """Write lines, the last of them ended too."""
        self.put([*lines, ScreenLine()])

    def tell(self, *escapes: str) -> None:
        """Have the terminal do something that is no text, if it takes escapes."""
        self.put((), before="".join(escapes))

    def _text(self, line: ScreenLine) -> str:
        if not self.takes_escapes:
            return line.plain
        parts = []
        for start, end, look in line.runs():
            before, behind = look_escapes(look, in_colour=self._in_colour)
            parts.append(f"{before}{line.plain[start:end]}{behind}")
        return "".join(parts)


def terminal_screen(file: TextIO, environment: Mapping[str, str]) -> TextScreen:
    """Return the screen of the terminal that a file is; a size that the environment says holds."""
    is_dumb = environment.get("TERM", "").lower() in _DUMB

    def read_size() -> ScreenSize:
        try:
            columns, rows = os.get_terminal_size(file.fileno())
        except OSError:
            columns, rows = 0, 0
        return ScreenSize(
            _number(environment.get("COLUMNS")) or columns or _COLUMNS,
            _number(environment.get("LINES")) or rows or _ROWS,
        )

    return TextScreen(
        file,
        read_size,
        takes_escapes=not is_dumb,
        in_colour=not environment.get("NO_COLOR"),
        is_dumb=is_dumb,
    )


def cursor_at(column: int, row: int) -> str:
    """Return what moves the cursor, both counted from 0."""
    return f"\x1b[{row + 1};{column + 1}H"


def cursor_in_column(column: int) -> str:
    """Return what moves the cursor within its line, counted from 0."""
    return f"\x1b[{column + 1}G"


def _number(text: str | None) -> int:
    return int(text) if text is not None and text.isdigit() else 0
