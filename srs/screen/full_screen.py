"""Fill a screen: what stands above and below stays, what is between scrolls."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rich.control import Control
from rich.segment import Segment, Segments
from rich.text import Text

from srs.screen.terminal_picture import drawn_pictures

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import Console, RenderableType

    from srs.screen.terminal_picture import PicturePlace

WIDE_COLUMNS = 60
"""Columns from which a header has room for more than the count."""

_MAX_TEXT_COLUMNS = 84
"""Text wider than this is hard to read; a wider terminal gets margins."""

TO_THE_ANSWER = -1
"""Scrolled as far as shows the answer, if it does not fit below its question."""

_STEADY_ROWS = 30
"""Up to this height the keys stand at the foot of the screen, so that no card moves them."""
_LEAST_ROWS = 16
"""On a higher screen they stand just below the card, though not above this row."""


class DrawnScreen(NamedTuple):
    """A drawn screen, with its scroll position and the largest one possible."""

    screen: Segments
    scroll: int
    """Lines of the card above the screen."""
    max_scroll: int
    """The most lines there can be above it."""
    drawn: str = ""
    """What makes the terminal draw the pictures, once the screen is there."""
    foot_row: int = 0
    """The last row of what stands below, counted from 0: where a line may be typed."""
    has_folds: bool = False
    """Some code is folded."""


def text_columns(console: Console) -> int:
    """Return how many columns of a screen text may take."""
    return min(console.size.width, _MAX_TEXT_COLUMNS)


def fill_screen(
    console: Console,
    head: RenderableType,
    front: Iterable[RenderableType],
    back: RenderableType | None,
    foot: RenderableType,
    scroll: int,
    pictures: PicturePlace | None = None,
) -> DrawnScreen:
    """Return the whole screen; between head and foot its parts scroll when they are higher than the room."""
    width, height = console.size
    measure = text_columns(console)
    margin = (width - measure) // 2
    above, below = _lines(console, head, measure), _lines(console, foot, measure)
    asked = [line for part in front for line in _lines(console, part, measure)]
    body = asked + (_lines(console, back, measure) if back is not None else [])
    room = max(1, height - len(above) - len(below))
    furthest = max(0, len(body) - room)
    scroll = min(len(asked) if scroll == TO_THE_ANSWER else scroll, furthest)
    window = body[scroll : scroll + room]
    if height > _STEADY_ROWS or console.is_dumb_terminal:
        room = min(room, max(len(body), _LEAST_ROWS - len(above) - len(below)))
    window += [[]] * (room - len(window))
    if scroll:
        above = [*above[:-1], _with_hint(console, above[-1], "↑ more", measure)]
    if scroll < furthest:
        below = [_with_hint(console, below[0], "↓ more", measure), *below[1:]]
    lines = [*above, *window, *below][:height]
    foot_row = len(lines) - 1
    if not console.is_dumb_terminal:
        lines += [[]] * (height - len(lines))
    screen: list[Segment] = []
    for number, line in enumerate(lines):
        if number:
            screen.append(Segment.line())
        screen.extend(Segment.adjust_line_length([Segment(" " * margin), *line], width))
    drawn = drawn_pictures(lines, pictures) if pictures else ""
    return DrawnScreen(Segments(screen), scroll, furthest, drawn, foot_row)


def put_on_screen(console: Console, drawn: DrawnScreen) -> None:
    """Put a screen in the place of the one before; a terminal that can only go on writing gets it below."""
    if console.is_dumb_terminal:
        console.print()
    console.control(Control.home())
    console.print(drawn.screen, end="", soft_wrap=True)
    if drawn.drawn:
        console.file.write(drawn.drawn)
        console.file.flush()
    console.control(Control.move_to(0, drawn.foot_row))


def _with_hint(console: Console, line: list[Segment], words: str, width: int) -> list[Segment]:
    """Return a line that ends in words which say that there is more."""
    hint = _lines(console, Text(f" {words} ", "bold"), width)[0]
    return [*Segment.adjust_line_length(line, width - len(words) - 2), *hint]


def _lines(console: Console, renderable: RenderableType, width: int) -> list[list[Segment]]:
    options = console.options.update(width=width, height=None)
    return console.render_lines(renderable, options, pad=False)


def key_line(keys: Iterable[tuple[str, str]], width: int) -> Text:
    """Return as many keys with their words as have room in a line."""
    line = Text(no_wrap=True, overflow="ellipsis")
    for key, word in keys:
        part = Text.assemble((key, "bold"), f" {word}")
        if line and len(line) + 3 + len(part) > width:
            break
        if line:
            line.append("   ")
        line.append_text(part)
    return line
