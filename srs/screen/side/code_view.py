"""Draw code: coloured, long lines continued, what is asked about marked, what is not needed folded."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from rich.text import Text

from cards.guide.text import BLANK, REASON_MARK
from cards.hidden_character import escape_hidden
from cards.regex import regex
from srs.screen.side.marked_text import FILLED, OPEN, with_marks
from srs.words import count

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rich.console import Console, ConsoleOptions, RenderResult

    from cards.card.filled_gap import FilledCode
    from cards.guide.block import Code
    from srs.review.shown_card import ColouredCode

_BLANK = regex(rf"(?<!\w){BLANK}(?!\w)")
OUTPUT = "output"
"""What stands for a language where a block is what code printed."""
MARKED_LINE = "bold reverse default"
_CODE_EDGE, _OUTPUT_EDGE, _MARKED_EDGE = "│ ", "┃ ", "▶ "
_CONTINUED_EDGE = "┆ "
_STEP_COLUMNS = 4
"""How much farther in the rest of a line stands than its beginning."""

# By the first letters of a Pygments class; the longest that fits wins. Of the terminal's own sixteen colours
# only those that are read well on dark and on light.
_CODE_STYLES = {
    "k": "bright_blue",
    "o": "",
    "ow": "bright_blue",
    "c": "dim italic",
    "s": "bright_magenta",
    "m": "bright_magenta",
    "nc": "bold",
    "nf": "bold",
    "nd": "bright_blue",
    "ne": "red",
    "g": "dim",
    "err": "",
}


@dataclass(frozen=True, slots=True)
class CodeView:
    """A block of code, or of what code printed, as lines of the screen."""

    block: Code
    paint: Mapping[str, ColouredCode]
    filled: tuple[int, int] | None = None
    """The characters that fill a gap."""
    most_rows: int | None = None
    """So many rows of the screen it may take; what is farthest from what is asked about is folded."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Yield its rows."""
        blocks = self._lines(console, max(1, options.max_width - len(_CODE_EDGE)))
        first, last = self._kept(blocks)
        if first:
            yield _fold(first, "above")
        for rows in blocks[first:last]:
            yield from rows
        if last < len(blocks):
            yield _fold(len(blocks) - last, "below")

    def _lines(self, console: Console, room: int) -> list[list[Text]]:
        """Return the rows of each line; a line that is too long is continued behind another edge."""
        marked = self.marked_line
        lines = []
        for number, line in enumerate(self._text(console).split("\n", allow_blank=True)):
            line.expand_tabs()
            lines.append(_marked_rows(line, room) if number == marked else self._rows(line, room))
        return lines

    def _rows(self, line: Text, room: int) -> list[Text]:
        is_output = self.block.language == OUTPUT
        edge, look = (_OUTPUT_EDGE, "") if is_output else (_CODE_EDGE, "dim")
        hang = _hanging_columns(line.plain, room)
        pieces = line.divide(cut_positions(line.plain, room, hang))
        return [
            Text.assemble(*[(_CONTINUED_EDGE, "dim"), " " * hang] if number else [(edge, look)], piece)
            for number, piece in enumerate(pieces)
        ]

    def _text(self, console: Console) -> Text:
        text = Text(tab_size=4)
        for css, words in self.paint.get(self.block.source, (("", self.block.source),)):
            text.append(escape_hidden(words), _code_style(css))
        if self.block.language == OUTPUT:
            return text
        text.highlight_regex(_BLANK, OPEN)
        if self.filled is not None:
            text.stylize(FILLED, *self.filled)
        return with_marks(text, console)

    @property
    def marked_line(self) -> int | None:
        """The line whose reason is asked for; None where no line is marked, or several are."""
        lines = self.block.source.split("\n")
        marked = [number for number, line in enumerate(lines) if line.endswith(REASON_MARK)]
        return marked[0] if len(marked) == 1 and self.block.language != OUTPUT else None

    def _kept(self, lines: Sequence[Sequence[Text]]) -> tuple[int, int]:
        """Return the first line that is shown, and the one behind the last."""
        number = len(lines)
        heights = [len(rows) for rows in lines]
        if self.most_rows is None or sum(heights) <= self.most_rows:
            return 0, number
        asked = self.marked_line
        if asked is None:
            texts = self.block.source.split("\n")
            # What code prints it prints at its end.
            asked = next((place for place, line in enumerate(texts) if BLANK in line), number - 1)
        first, last = asked, asked + 1
        while True:
            wider = [(a, b) for a, b in ((first - 1, last), (first, last + 1)) if a >= 0 and b <= number]
            fitting = [
                (a, b) for a, b in wider if sum(heights[a:b]) + (a > 0) + (b < number) <= self.most_rows
            ]
            if not fitting:
                return first, last
            # What leads to the line comes first, two lines of three.
            above, below = asked - first, last - 1 - asked
            first, last = fitting[-1] if above > 2 * below else fitting[0]


def filled_code_view(filled: FilledCode, paint: Mapping[str, ColouredCode]) -> CodeView:
    """Return the view of a line whose gap is filled."""
    return CodeView(filled.line, paint, (filled.start, filled.end))


def _marked_rows(line: Text, room: int) -> list[Text]:
    """Return the rows of the line that is asked about, marked over their whole width."""
    plain = line.plain.removesuffix(REASON_MARK)
    hang = _hanging_columns(plain, room)
    cuts = [0, *cut_positions(plain, room, hang), len(plain)]
    rows = []
    for start, end in pairwise(cuts):
        row = Text(f"{' ' * hang if start else ''}{plain[start:end]}", MARKED_LINE)
        row.pad_right(max(0, room - row.cell_len))
        rows.append(Text.assemble((_MARKED_EDGE, "bold"), row))
    return rows


def _fold(lines: int, where: str) -> Text:
    return Text(f"{_CONTINUED_EDGE}⋯ {count(lines, 'line')} {where}", "dim")


def _hanging_columns(line: str, room: int) -> int:
    """Return how far the rest of a line that is too long is set in: a step farther than its beginning."""
    indent = len(line) - len(line.lstrip())
    return min(indent + _STEP_COLUMNS, room // 3)


def cut_positions(line: str, room: int, hang: int = 0) -> list[int]:
    """Return the positions at which a line is cut, so that what is behind the first cut can be set in."""
    cuts: list[int] = []
    start = 0
    while len(line) - start > room:
        start = _cut(line, start, room)
        if not cuts:
            room -= hang
        cuts.append(start)
    return cuts


def _cut(line: str, start: int, room: int) -> int:
    """Return where a piece that begins at a position ends.

    That is behind a blank in its second half, else behind a bracket or a comma, else at the width; never
    within a gap.
    """
    end = start + room
    space = line.rfind(" ", start + room // 2, end) + 1
    joint = max(line.rfind(mark, start + room // 3, end) for mark in "([{,=.") + 1
    cut = space or joint or end
    gap = next((each for each in _BLANK.finditer(line) if each.start() < cut < each.end()), None)
    return gap.start() if gap and gap.start() > start else cut


def _code_style(css: str) -> str:
    for length in range(len(css), 0, -1):
        if css[:length] in _CODE_STYLES:
            return _CODE_STYLES[css[:length]]
    return ""
