"""Draw code: coloured, long lines continued, what is asked about marked, what is not needed folded."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from cards.guide.text import BLANK, REASON_MARK
from cards.hidden_character import escape_hidden
from cards.regex import regex
from srs.screen.line.screen_line import joined, styled
from srs.screen.side.marked_text import FILLED, OPEN, with_marks
from srs.words import count

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cards.guide.block import Code
    from srs.review.shown_card import ColouredCode
    from srs.screen.line.screen_line import ScreenLine

_BLANK = regex(rf"(?<!\w){BLANK}(?!\w)")
OUTPUT = "output"
"""What stands for a language where a block is what code printed."""
MARKED_LINE = "bold reverse default"
_CODE_EDGE, _OUTPUT_EDGE, _MARKED_EDGE = "│ ", "┃ ", "▶ "
_CONTINUED_EDGE = "┆ "
_TAB_COLUMNS = 4
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


class CodeView(NamedTuple):
    """A block of code, or of what code printed, as lines of the screen."""

    block: Code
    paint: Mapping[str, ColouredCode]
    filled: tuple[int, int] | None = None
    """The characters that fill a gap."""
    most_rows: int | None = None
    """So many rows of the screen it may take; what is farthest from what is asked about is folded."""
    has_weights: bool = True
    """The terminal has weights; where it has none, marks show what fills a gap."""

    def rows(self, width: int) -> list[ScreenLine]:
        """Return its rows on a screen of some columns."""
        blocks = self._lines(max(1, width - len(_CODE_EDGE)))
        first, last = self._kept(blocks)
        rows = [_fold(first, "above")] if first else []
        rows += [row for block in blocks[first:last] for row in block]
        rows += [_fold(len(blocks) - last, "below")] if last < len(blocks) else []
        # A row of wide characters takes more columns than it has characters.
        return [part for row in rows for part in row.wrapped(width)]

    def _lines(self, room: int) -> list[list[ScreenLine]]:
        """Return the rows of each line; a line that is too long is continued behind another edge."""
        marked = self.marked_line
        lines = [line.expanded(_TAB_COLUMNS) for line in self._text().split("\n")]
        return [
            _marked_rows(line, room) if number == marked else self._rows(line, room)
            for number, line in enumerate(lines)
        ]

    def _rows(self, line: ScreenLine, room: int) -> list[ScreenLine]:
        is_output = self.block.language == OUTPUT
        edge, look = (_OUTPUT_EDGE, "") if is_output else (_CODE_EDGE, "dim")
        hang = _hanging_columns(line.plain, room)
        continued = joined(styled(_CONTINUED_EDGE, "dim"), styled(" " * hang))
        first, *others = line.pieces(cut_positions(line.plain, room, hang))
        return [joined(styled(edge, look), first), *(joined(continued, piece) for piece in others)]

    def _text(self) -> ScreenLine:
        coloured = self.paint.get(self.block.source, (("", self.block.source),))
        text = joined(*(styled(escape_hidden(words), _code_style(css)) for css, words in coloured))
        if self.block.language == OUTPUT:
            return text
        for blank in _BLANK.finditer(text.plain):
            text = text.looking(OPEN, blank.start(), blank.end())
        if self.filled is not None:
            text = text.looking(FILLED, *self.filled)
        return text if self.has_weights else with_marks(text)

    @property
    def marked_line(self) -> int | None:
        """The line whose reason is asked for; None where no line is marked, or several are."""
        lines = self.block.source.split("\n")
        marked = [number for number, line in enumerate(lines) if line.endswith(REASON_MARK)]
        return marked[0] if len(marked) == 1 and self.block.language != OUTPUT else None

    def _kept(self, lines: Sequence[Sequence[ScreenLine]]) -> tuple[int, int]:
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


def _marked_rows(line: ScreenLine, room: int) -> list[ScreenLine]:
    """Return the rows of the line that is asked about, marked over their whole width."""
    plain = line.plain.removesuffix(REASON_MARK)
    hang = _hanging_columns(plain, room)
    cuts = [0, *cut_positions(plain, room, hang), len(plain)]
    texts = [f"{' ' * hang if start else ''}{plain[start:end]}" for start, end in pairwise(cuts)]
    edge = styled(_MARKED_EDGE, "bold")
    return [joined(edge, styled(text, MARKED_LINE).padded(room, MARKED_LINE)) for text in texts]


def _fold(lines: int, where: str) -> ScreenLine:
    return styled(f"{_CONTINUED_EDGE}⋯ {count(lines, 'line')} {where}", "dim")


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
