"""Render a side of a card for the terminal: prose, code, lists and tables at any width."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cards.guide.block import Code, Listing, Picture, Prose, Table
from cards.guide.text import Style, plain_text
from cards.hidden_character import escape_hidden
from cards.language.direction import is_right_to_left
from cards.regex import regex
from cards.value import NamedTuple
from srs.screen.line.look import LINK
from srs.screen.line.screen_line import ScreenLine, behind, joined, set_in, styled
from srs.screen.side.marked_text import FILLED, OPEN, OPEN_GAP, paragraph_rows
from srs.screen.terminal_picture import ROWS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from cards.card.filled_gap import FilledCode
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
    has_weights: bool = True
    """The terminal shows a piece by its weight; where it cannot, marks stand around it."""


def titled_rule(title: str, width: int) -> str:
    """Return a rule with a title in it."""
    return f"── {title} " + "─" * max(0, width - len(title) - 4)


def side_lines(
    side: Iterable[Block | FilledCode],
    paint: Mapping[str, ColouredCode],
    width: int,
    look: SideLook = SideLook(),  # noqa: B008 - a value that cannot change
) -> list[ScreenLine]:
    """Return the lines of a side on a screen of some columns, an empty one between two blocks."""
    lines: list[ScreenLine] = []
    for number, block in enumerate(side):
        if number and not look.is_close:
            lines.append(ScreenLine())
        lines += _block_lines(block, paint, width, look)
    return lines


def _block_lines(
    block: Block | FilledCode, paint: Mapping[str, ColouredCode], width: int, look: SideLook
) -> list[ScreenLine]:
    match block:
        case Prose():
            return _paragraph(block.inline, width, look)
        case Code():
            return _code(block, paint, width, look)
        case Listing():
            return _listing(block.items, width, look, ordered=block.ordered)
        case Picture():
            return _picture(block, width, look.pictures)
        case Table():
            return _table(block, width)
        case _:
            return _filled_code(block, paint, width, look)


def _code(block: Code, paint: Mapping[str, ColouredCode], width: int, look: SideLook) -> list[ScreenLine]:
    # Loaded with the first code, as what fills a gap in it is with the first answer.
    from srs.screen.side.code_view import OUTPUT, CodeView

    most = None if block.language == OUTPUT else look.most_code_rows
    return CodeView(block, paint, most_rows=most, has_weights=look.has_weights).rows(width)


def _filled_code(
    block: Block | FilledCode, paint: Mapping[str, ColouredCode], width: int, look: SideLook
) -> list[ScreenLine]:
    from cards.card.filled_gap import FilledCode
    from srs.screen.side.code_view import CodeView

    if not isinstance(block, FilledCode):
        raise TypeError(f"{type(block).__name__} cannot stand on a card")
    filled = block.start, block.end
    return CodeView(block.line, paint, filled, has_weights=look.has_weights).rows(width)


def _paragraph(inline: Inline, width: int, look: SideLook) -> list[ScreenLine]:
    """Return a paragraph; one that is read from right to left stands at the right.

    An answer is bold, unless it is a filled gap, which is marked in its sentence.
    """
    text = inline_text(inline)
    is_sentence_again = any(run.style is Style.GAP for run in inline)
    if look.is_answer and not is_sentence_again and len(text.plain) <= _MOST_BOLD_CHARACTERS:
        text = text.looking("bold")
    rows = paragraph_rows(text, width, has_weights=look.has_weights)
    return [row.at_right(width) for row in rows] if _is_turned(inline) else rows


def inline_text(inline: Inline) -> ScreenLine:
    """Return a line of a card with its styles."""
    parts = []
    is_turned = _is_turned(inline)
    for run in inline:
        # A store may hold cards of a build that let them pass.
        words = escape_hidden(_formula_text(run.text) if run.style is Style.FORMULA else run.text)
        if run.style is Style.GAP:
            is_open = words.strip() in _GAP_WORDS
            parts.append(styled(OPEN_GAP, OPEN) if is_open else styled(words.strip(), FILLED))
        else:
            is_isolated = is_turned and run.style.is_verbatim
            parts.append(styled(_isolate(words) if is_isolated else words, _INLINE_STYLES[run.style]))
    return joined(*parts)


def _formula_text(formula: str) -> str:
    from cards.markup.formula_text import formula_text

    return formula_text(formula)


def _picture(picture: Picture, width: int, place: PicturePlace | None) -> list[ScreenLine]:
    """Return the words for a picture, with room below them where the terminal draws it."""
    words = joined(styled("▣ ", "dim"), styled(escape_hidden(picture.alt or picture.address)))
    if place is None:
        return words.wrapped(width)
    link = (place.root.absolute() / picture.name).as_uri()
    words = joined(words.looking(f"{LINK}{link}"), styled("  o: open it", "dim italic"))
    return words.wrapped(width) + [ScreenLine()] * (ROWS if place.is_drawn(picture) else 0)


def _is_turned(inline: Inline) -> bool:
    """Tell whether a text is read from right to left, its code left aside."""
    return is_right_to_left("".join(run.text for run in inline if not run.style.is_verbatim))


def _isolate(words: str) -> str:
    """Return code so that it is read from left to right, whatever stands around it.

    The two characters take no room, and are added after what nobody may hide was escaped.
    """
    return f"\N{LEFT-TO-RIGHT ISOLATE}{words}\N{POP DIRECTIONAL ISOLATE}"


def _listing(items: tuple[Item, ...], width: int, look: SideLook, *, ordered: bool) -> list[ScreenLine]:
    # The options of a quiz have their letters: a bullet before them says nothing.
    has_letters = not ordered and all(_OPTION.match(plain_text(item.inline)) for item in items)
    columns = 2 if has_letters else len(f"{len(items)}.") if ordered else 1
    lines = []
    for number, item in enumerate(items, 1):
        text = inline_text(item.inline)
        mark = f"{number}." if ordered else "•"
        if has_letters:
            mark, text = text.plain[:2], text.part(2)
            text = text.part(len(text.plain) - len(text.plain.lstrip()))
        room = width - columns - 1
        content = paragraph_rows(text, room, has_weights=look.has_weights)
        content += _listing(item.items, room, look, ordered=False)
        lines += behind(styled(f"{mark:>{columns}} ", "bold" if has_letters else "dim"), content)
    return lines


def _table(block: Table, width: int) -> list[ScreenLine]:
    if width < 12 * len(block.header):
        return _narrow_table(block, width)
    from srs.screen.side.table_view import table_lines

    header = [inline_text(cell) for cell in block.header]
    return table_lines(header, [[inline_text(cell) for cell in row.cells] for row in block.rows], width)


def _narrow_table(block: Table, width: int) -> list[ScreenLine]:
    """Return a table as a list of its rows, for a narrow screen."""
    lines: list[ScreenLine] = []
    for row in block.rows:
        if lines:
            lines.append(ScreenLine())
        first, *rest = row.cells
        lines += inline_text(first).looking("bold").wrapped(width)
        for name, cell in zip(block.header[1:], rest, strict=False):
            entry = joined(inline_text(name).looking("dim"), styled("  "), inline_text(cell))
            lines += set_in(entry.wrapped(width - 2), 2)
    return lines
