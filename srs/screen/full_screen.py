"""Fill a screen: what stands above and below stays, what is between scrolls."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cards.value import NamedTuple
from srs.screen.keys import RESIZED
from srs.screen.line.screen_line import ScreenLine, behind, joined, set_in, styled
from srs.screen.line.text_screen import CLEAR, HOME, cursor_at
from srs.screen.terminal_picture import drawn_pictures

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from srs.screen.keys import KeyReader
    from srs.screen.line.text_screen import TextScreen
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

    lines: tuple[ScreenLine, ...]
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


def text_columns(screen: TextScreen) -> int:
    """Return how many columns of a screen text may take."""
    return min(screen.size.columns, _MAX_TEXT_COLUMNS)


def fill_screen(
    screen: TextScreen,
    above: Sequence[ScreenLine],
    front: Sequence[ScreenLine],
    back: Sequence[ScreenLine],
    below: Sequence[ScreenLine],
    scroll: int,
    pictures: PicturePlace | None = None,
) -> DrawnScreen:
    """Return the whole screen; what is between head and foot scrolls when it is higher than the room."""
    width, height = screen.size
    measure = text_columns(screen)
    body = [*front, *back]
    room = max(1, height - len(above) - len(below))
    furthest = max(0, len(body) - room)
    scroll = min(len(front) if scroll == TO_THE_ANSWER else scroll, furthest)
    window = body[scroll : scroll + room]
    if height > _STEADY_ROWS or screen.is_dumb:
        room = min(room, max(len(body), _LEAST_ROWS - len(above) - len(below)))
    window += [ScreenLine()] * (room - len(window))
    if scroll:
        above = [*above[:-1], _with_hint(above[-1], "↑ more", measure)]
    if scroll < furthest:
        below = [_with_hint(below[0], "↓ more", measure), *below[1:]]
    lines = [*above, *window, *below][:height]
    foot_row = len(lines) - 1
    if not screen.is_dumb:
        lines += [ScreenLine()] * (height - len(lines))
    drawn = drawn_pictures(lines, pictures) if pictures else ""
    filled = [line.cut(width).padded(width) for line in set_in(lines, (width - measure) // 2)]
    return DrawnScreen(tuple(filled), scroll, furthest, drawn, foot_row)


def put_on_screen(screen: TextScreen, drawn: DrawnScreen) -> None:
    """Put a screen in the place of the one before; a terminal that can only go on writing gets it below."""
    before = [ScreenLine()] if screen.is_dumb else []
    screen.put([*before, *drawn.lines], before=HOME, behind=f"{drawn.drawn}{cursor_at(0, drawn.foot_row)}")


def show_page(screen: TextScreen, keys: KeyReader, page: Callable[[int], Sequence[ScreenLine]]) -> None:
    """Show a page, drawn anew for the columns of a screen that changes, until a key is pressed."""
    while True:
        screen.tell(CLEAR, HOME)
        screen.print(page(screen.size.columns))
        if keys.read() != RESIZED:
            screen.tell(CLEAR)
            return


def _with_hint(line: ScreenLine, words: str, width: int) -> ScreenLine:
    """Return a line that ends in words which say that there is more."""
    room = width - len(words) - 2
    return joined(line.cut(room).padded(room), styled(f" {words} ", "bold"))


def head_line(place: ScreenLine, progress: ScreenLine, width: int) -> ScreenLine:
    """Return a line with a place at its left, cut where it has no room, and how far one is at its right."""
    room = max(0, width - 1 - progress.width)
    return joined(place.clipped(room)[0].padded(room), styled(" "), progress).cut(width, "…")


def key_line(keys: Iterable[tuple[str, str]], width: int) -> ScreenLine:
    """Return as many keys with their words as have room in a line."""
    line = ScreenLine()
    for key, word in keys:
        part = joined(styled(key, "bold"), styled(f" {word}"))
        if line.plain and line.width + 3 + part.width > width:
            break
        line = joined(line, styled("   "), part) if line.plain else part
    return line.cut(width, "…")


def key_list(rows: Sequence[tuple[str, str]], width: int) -> list[ScreenLine]:
    """Return a screen that lists keys with what they do."""
    columns = max(len(key) for key, _ in rows)
    lines = [styled("Keys", "bold"), ScreenLine()]
    for key, meaning in rows:
        mark = styled(f"{key:>{columns}}  ", "bold")
        lines += behind(mark, styled(meaning).wrapped(width - 4 - mark.width))
    lines += [ScreenLine(), styled("any key goes back", "dim")]
    return [ScreenLine(), *set_in(lines, 2), ScreenLine()]
