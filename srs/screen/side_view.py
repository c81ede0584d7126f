"""Render a side of a card for the terminal: prose, code, lists and tables at any width."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rich.box import SIMPLE_HEAD
from rich.console import Group
from rich.padding import Padding
from rich.style import Style as Look
from rich.table import Table as Grid
from rich.text import Text

from cards.guide.block import Code, Listing, Picture, Prose, Table
from cards.guide.text import BLANK, Style
from cards.hidden_character import escape_hidden
from cards.language.direction import is_right_to_left
from cards.markup.formula_text import formula_text
from srs.screen.terminal_picture import ROWS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rich.console import RenderableType

    from cards.card.sides import Side
    from cards.guide.block import Item
    from cards.guide.text import Inline
    from srs.review.shown_card import ColouredCode
    from srs.screen.terminal_picture import PicturePlace

# Only the terminal's own sixteen colours, and of them those that read well on dark and on light.
_INLINE_STYLES = {
    Style.PLAIN: "",
    Style.CODE: "cyan",
    Style.FORMULA: "italic",
    Style.STRONG: "bold",
    Style.EMPHASIS: "italic",
    Style.GAP: "reverse bold",
}

_BLANK = re.compile(rf"(?<!\w){BLANK}(?!\w)")

BREADCRUMB_SEPARATOR = " \N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK} "
"""Between the parts of a breadcrumb."""

# By the first letters of a Pygments class; the longest that fits wins.
_CODE_STYLES = {
    "k": "magenta",
    "kc": "magenta",
    "o": "",
    "ow": "magenta",
    "c": "dim italic",
    "s": "green",
    "m": "blue",
    "nb": "cyan",
    "nc": "bold",
    "nf": "bold",
    "nd": "blue",
    "ne": "red",
    "g": "dim",
    "err": "",
}


def titled_rule(title: str, width: int) -> str:
    """Return a rule with a title in it."""
    return f"── {title} " + "─" * max(0, width - len(title) - 4)


def side_blocks(
    side: Side, paint: Mapping[str, ColouredCode], width: int, pictures: PicturePlace | None = None
) -> list[RenderableType]:
    """Return the blocks of a side, an empty line between two."""
    parts: list[RenderableType] = []
    for block in side:
        if parts:
            parts.append(Text(""))
        match block:
            case Prose():
                parts.append(_paragraph(block.inline))
            case Code():
                parts.append(_code(block, paint, width))
            case Listing():
                parts.append(_listing(block.items, ordered=block.ordered))
            case Picture():
                parts.append(_picture(block, pictures))
            case Table():
                parts.append(_table(block, width))
            case _:
                raise TypeError(f"{type(block).__name__} cannot stand on a card")
    return parts


def _paragraph(inline: Inline) -> Text:
    """Return a paragraph; one that is read from right to left stands at the right."""
    text = inline_text(inline)
    if _is_turned(inline):
        text.justify = "right"
    return text


def inline_text(inline: Inline) -> Text:
    """Return a line of a card with its styles."""
    text = Text()
    is_turned = _is_turned(inline)
    for run in inline:
        # A store may hold cards of a build that let them pass.
        words = escape_hidden(formula_text(run.text) if run.style is Style.FORMULA else run.text)
        if run.style is Style.GAP:
            text.append(f" {words.strip() or '…'} ", _INLINE_STYLES[Style.GAP])
        else:
            is_isolated = is_turned and run.style.is_verbatim
            text.append(_isolate(words) if is_isolated else words, _INLINE_STYLES[run.style])
    return text


def _picture(picture: Picture, place: PicturePlace | None) -> RenderableType:
    """Return the words for a picture, with room below them where the terminal draws it."""
    words = Text.assemble(("▣ ", "dim"), escape_hidden(picture.alt or picture.address))
    if place is None:
        return words
    words.stylize(Look(link=(place.folder.absolute() / picture.name).as_uri()))
    words.append("  o: open it", "dim italic")
    return Group(words, *[Text("")] * ROWS) if place.is_drawn(picture) else words


def _is_turned(inline: Inline) -> bool:
    """Tell whether a text is read from right to left, its code left aside."""
    return is_right_to_left("".join(run.text for run in inline if not run.style.is_verbatim))


def _isolate(words: str) -> str:
    """Return code so that it is read from left to right, whatever stands around it.

    The two characters take no room, and are added after what nobody may hide was escaped.
    """
    return f"\N{LEFT-TO-RIGHT ISOLATE}{words}\N{POP DIRECTIONAL ISOLATE}"


def _code(block: Code, paint: Mapping[str, ColouredCode], width: int) -> RenderableType:
    text = Text(tab_size=4)
    for css, words in paint.get(block.source, (("", block.source),)):
        text.append(escape_hidden(words), _code_style(css))
    if block.language == "output":
        text.stylize("dim")
    else:
        text.highlight_regex(_BLANK, _INLINE_STYLES[Style.GAP])
    lines: list[Text] = []
    for line in text.split("\n", allow_blank=True):
        line.expand_tabs()
        # A line that is too long is cut at the screen's width and continued behind another mark.
        for number, piece in enumerate(line.divide(_cut_positions(line.plain, max(1, width - 2)))):
            lines.append(Text.assemble(("┆ " if number else "│ ", "dim"), piece))
    return Group(*lines)


def _cut_positions(line: str, room: int) -> list[int]:
    """Return the positions at which a line is cut: behind a space in its second half, or at the width."""
    cuts: list[int] = []
    start = 0
    while len(line) - start > room:
        space = line.rfind(" ", start + room // 2, start + room) + 1
        start = space or start + room
        cuts.append(start)
    return cuts


def _code_style(css: str) -> str:
    for length in range(len(css), 0, -1):
        if css[:length] in _CODE_STYLES:
            return _CODE_STYLES[css[:length]]
    return ""


def _listing(items: tuple[Item, ...], *, ordered: bool) -> RenderableType:
    grid = Grid.grid(padding=(0, 1, 0, 0))
    grid.add_column(justify="right", no_wrap=True)
    grid.add_column(overflow="fold")
    for number, item in enumerate(items, 1):
        content: RenderableType = inline_text(item.inline)
        if item.items:
            content = Group(content, _listing(item.items, ordered=False))
        grid.add_row(Text(f"{number}." if ordered else "•", "dim"), content)
    return grid


def _table(block: Table, width: int) -> RenderableType:
    if width < 12 * len(block.header):
        return _narrow_table(block)
    table = Grid(box=SIMPLE_HEAD, pad_edge=False, show_edge=False, border_style=Look.parse("dim"))
    for cell in block.header:
        table.add_column(inline_text(cell), overflow="fold", header_style="bold")
    for row in block.rows:
        table.add_row(*(inline_text(cell) for cell in row.cells))
    return table


def _narrow_table(block: Table) -> RenderableType:
    """Return a table as a list of its rows, for a narrow screen."""
    parts: list[RenderableType] = []
    for row in block.rows:
        if parts:
            parts.append(Text(""))
        first, *rest = row.cells
        heading = inline_text(first)
        heading.stylize("bold")
        parts.append(heading)
        for name, cell in zip(block.header[1:], rest, strict=False):
            entry = inline_text(name)
            entry.stylize("dim")
            parts.append(Padding(Text.assemble(entry, ("  ", ""), inline_text(cell)), (0, 0, 0, 2)))
    return Group(*parts)
