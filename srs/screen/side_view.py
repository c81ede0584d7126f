"""Render a side of a card for the terminal: prose, code, lists and tables at any width."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rich.console import Group
from rich.padding import Padding
from rich.style import Style as Look
from rich.text import Text

from cards.card.filled_gap import FilledCode
from cards.guide.block import Code, Listing, Picture, Prose, Table
from cards.guide.text import Style, plain_text
from cards.hidden_character import escape_hidden
from cards.language.direction import is_right_to_left
from cards.markup.formula_text import formula_text
from cards.regex import regex
from srs.screen.side.code_view import OUTPUT, CodeView, filled_code_view
from srs.screen.side.marked_text import FILLED, OPEN, OPEN_GAP, ShownParagraph
from srs.screen.terminal_picture import ROWS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rich.console import RenderableType

    from cards.guide.block import Block, Item
    from cards.guide.text import Inline
    from srs.review.shown_card import ColouredCode
    from srs.screen.terminal_picture import PicturePlace

# Only the terminal's own sixteen colours, and of them those that read well on dark and on light.
_INLINE_STYLES = {
    Style.PLAIN: "",
    Style.CODE: "bright_blue",
    Style.FORMULA: "italic",
    Style.STRONG: "bold",
    Style.EMPHASIS: "italic",
}
_GAP_WORDS = frozenset({"", "…", "..."})
"""What stands in a gap that nothing fills yet."""
_OPTION = regex(r"[a-j]\)(?=\s|\Z)")
_MOST_BOLD_CHARACTERS = 240
"""A longer paragraph is hard to read in bold."""

BREADCRUMB_SEPARATOR = " \N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK} "
"""Between the parts of a breadcrumb."""


class SideLook(NamedTuple):
    """How the blocks of a side are drawn."""

    pictures: PicturePlace | None = None
    """Where the pictures of cards are; None where they are only named."""
    is_close: bool = False
    """No empty line stands between two blocks."""
    is_answer: bool = False
    """What it says is what was asked for, and is drawn strongest."""
    most_code_rows: int | None = None
    """So many rows of the screen a block of code may take; the rest is folded."""


def titled_rule(title: str, width: int) -> str:
    """Return a rule with a title in it."""
    return f"── {title} " + "─" * max(0, width - len(title) - 4)


def side_blocks(
    side: Iterable[Block | FilledCode],
    paint: Mapping[str, ColouredCode],
    width: int,
    look: SideLook = SideLook(),  # noqa: B008 - a value that cannot change
) -> list[RenderableType]:
    """Return the blocks of a side, an empty line between two."""
    parts: list[RenderableType] = []
    for block in side:
        if parts and not look.is_close:
            parts.append(Text(""))
        match block:
            case Prose():
                parts.append(_paragraph(block.inline, is_answer=look.is_answer))
            case FilledCode():
                parts.append(filled_code_view(block, paint))
            case Code():
                most = None if block.language == OUTPUT else look.most_code_rows
                parts.append(CodeView(block, paint, most_rows=most))
            case Listing():
                parts.append(_listing(block.items, ordered=block.ordered))
            case Picture():
                parts.append(_picture(block, look.pictures))
            case Table():
                parts.append(_table(block, width))
            case _:
                raise TypeError(f"{type(block).__name__} cannot stand on a card")
    return parts


def _paragraph(inline: Inline, *, is_answer: bool) -> ShownParagraph:
    """Return a paragraph; one that is read from right to left stands at the right.

    An answer is bold, unless it is a filled gap, which is marked in its sentence.
    """
    text = inline_text(inline)
    is_sentence_again = any(run.style is Style.GAP for run in inline)
    if is_answer and not is_sentence_again and len(text) <= _MOST_BOLD_CHARACTERS:
        text.stylize("bold")
    return ShownParagraph(text, "right" if _is_turned(inline) else None)


def inline_text(inline: Inline) -> Text:
    """Return a line of a card with its styles."""
    text = Text()
    is_turned = _is_turned(inline)
    for run in inline:
        # A store may hold cards of a build that let them pass.
        words = escape_hidden(formula_text(run.text) if run.style is Style.FORMULA else run.text)
        if run.style is Style.GAP:
            is_open = words.strip() in _GAP_WORDS
            text.append(*((OPEN_GAP, OPEN) if is_open else (words.strip(), FILLED)))
        else:
            is_isolated = is_turned and run.style.is_verbatim
            text.append(_isolate(words) if is_isolated else words, _INLINE_STYLES[run.style])
    return text


def _picture(picture: Picture, place: PicturePlace | None) -> RenderableType:
    """Return the words for a picture, with room below them where the terminal draws it."""
    words = Text.assemble(("▣ ", "dim"), escape_hidden(picture.alt or picture.address))
    if place is None:
        return words
    words.stylize(Look(link=(place.root.absolute() / picture.name).as_uri()))
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


def _listing(items: tuple[Item, ...], *, ordered: bool) -> RenderableType:
    from rich.table import Table as Grid

    grid = Grid.grid(padding=(0, 1, 0, 0))
    grid.add_column(justify="right", no_wrap=True)
    grid.add_column(overflow="fold")
    # The options of a quiz have their letters: a bullet before them says nothing.
    has_letters = not ordered and all(_OPTION.match(plain_text(item.inline)) for item in items)
    for number, item in enumerate(items, 1):
        text = inline_text(item.inline)
        mark = f"{number}." if ordered else "•"
        if has_letters:
            mark, text = text.plain[:2], text[2:]
            text = text[len(text.plain) - len(text.plain.lstrip()) :]
        content: RenderableType = ShownParagraph(text)
        if item.items:
            content = Group(content, _listing(item.items, ordered=False))
        grid.add_row(Text(mark, "bold" if has_letters else "dim"), content)
    return grid


def _table(block: Table, width: int) -> RenderableType:
    if width < 12 * len(block.header):
        return _narrow_table(block)
    from rich.box import SIMPLE_HEAD
    from rich.table import Table as Grid

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
