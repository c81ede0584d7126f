"""Ask for a line at the foot of the screen, key by key, so that what is pasted arrives whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.control import Control
from rich.segment import ControlType
from rich.text import Text

from srs.screen.full_screen import text_columns
from srs.screen.keys import ENDED
from srs.screen.typing.typed_line import TypedLine

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.console import Console

    from srs.screen.keys import TerminalKeys

_LINE_START = (ControlType.CURSOR_MOVE_TO_COLUMN, 0)
_ERASED = (ControlType.ERASE_IN_LINE, 2)


def line_asker(console: Console, keys: TerminalKeys) -> Callable[[str], str]:
    """Return a function that asks for a typed line where the cursor stands.

    Escape gives an empty one; Ctrl-C and a terminal that goes away end the sitting.
    """

    def ask(prompt: str) -> str:
        if console.is_dumb_terminal:
            return _plain_line(keys, prompt)
        console.show_cursor(show=True)
        try:
            return _typed(console, keys, prompt)
        finally:
            console.control(Control(_LINE_START, _ERASED))
            console.show_cursor(show=False)

    return ask


def _typed(console: Console, keys: TerminalKeys, prompt: str) -> str:
    line = TypedLine()
    while True:
        _draw(console, prompt, line)
        match key := keys.read():
            case "enter":
                return line.text
            case "escape":
                return ""
            case "ctrl-d" if not line.text:
                return ""
            case "ctrl-d":
                line = line.after("delete")
            case _ if key == ENDED:
                raise KeyboardInterrupt
            case _:
                line = line.after(key)


def _draw(console: Console, prompt: str, line: TypedLine) -> None:
    # Below the card, which stands in the middle of a wide screen.
    columns = text_columns(console)
    margin = " " * ((console.size.width - columns) // 2)
    text, column = line.window(max(1, columns - len(prompt) - 1))
    console.control(Control(_LINE_START, _ERASED))
    console.print(Text.assemble(margin, (prompt, "bold"), text), end="", soft_wrap=True)
    console.control(Control((ControlType.CURSOR_MOVE_TO_COLUMN, len(margin) + len(prompt) + column)))


def _plain_line(keys: TerminalKeys, prompt: str) -> str:
    """Return a line from a terminal that can only go on writing."""
    with keys.cooked_mode():
        try:
            return input(f"\n{prompt}")
        except EOFError:
            return ""
