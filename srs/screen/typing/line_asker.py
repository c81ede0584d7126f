"""Ask for a line at the foot of the screen, key by key, so that what is pasted arrives whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from srs.screen.full_screen import text_columns
from srs.screen.keys import ENDED
from srs.screen.line.screen_line import joined, styled
from srs.screen.line.text_screen import CURSOR_HIDDEN, CURSOR_SHOWN, EMPTY_LINE, cursor_in_column
from srs.screen.typing.typed_line import TypedLine

if TYPE_CHECKING:
    from collections.abc import Callable

    from srs.screen.keys import TerminalKeys
    from srs.screen.line.text_screen import TextScreen


def line_asker(screen: TextScreen, keys: TerminalKeys) -> Callable[[str], str]:
    """Return a function that asks for a typed line where the cursor stands.

    Escape gives an empty one; Ctrl-C and a terminal that goes away end the sitting.
    """

    def ask(prompt: str) -> str:
        if screen.is_dumb:
            return _plain_line(keys, prompt)
        screen.tell(CURSOR_SHOWN)
        try:
            return _typed(screen, keys, prompt)
        finally:
            screen.tell(EMPTY_LINE, CURSOR_HIDDEN)

    return ask


def _typed(screen: TextScreen, keys: TerminalKeys, prompt: str) -> str:
    line = TypedLine()
    while True:
        _draw(screen, prompt, line)
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


def _draw(screen: TextScreen, prompt: str, line: TypedLine) -> None:
    # Below the card, which stands in the middle of a wide screen.
    columns = text_columns(screen)
    margin = " " * ((screen.size.columns - columns) // 2)
    text, column = line.window(max(1, columns - len(prompt) - 1))
    shown = joined(styled(margin), styled(prompt, "bold"), styled(text))
    cursor = cursor_in_column(len(margin) + len(prompt) + column)
    screen.put([shown], before=EMPTY_LINE, behind=cursor)


def _plain_line(keys: TerminalKeys, prompt: str) -> str:
    """Return a line from a terminal that can only go on writing."""
    with keys.cooked_mode():
        try:
            return input(f"\n{prompt}")
        except EOFError:
            return ""
