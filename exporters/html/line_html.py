"""A block of code as HTML: lines that are continued further in, what is asked about marked or in sight."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cards.guide.text import REASON_MARK
from cards.regex import regex
from exporters.html.code_html import OUTPUT, coloured_lines, pieces_html
from exporters.html.safe_text import escape

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cards.card.filled_gap import FilledCode
    from cards.guide.block import Code
    from exporters.html.code_html import Piece

_TAB_COLUMNS = 4
_DRAWN = regex("[\u2500-\u259f]|\\S {3,}\\S|[|].*[|]")
"""What lines of a drawing or a table have, which says nothing when its lines are broken."""
_FEWEST_DRAWN_LINES = 2


def code_block_html(block: Code, folded: int = 0) -> str:
    """Return a block of code, its first so many lines folded away on a phone."""
    asked = marked_line(block)
    lines = [
        _asked_line_html(line) if number == asked else _line_html(line, pieces_html(line))
        for number, line in enumerate(coloured_lines(block.source, block.language))
    ]
    return _pre(block, _folded(lines, folded) if folded else "\n".join(lines))


def filled_code_html(filled: FilledCode) -> str:
    """Return a block of code with the piece that was asked for marked."""
    block = filled.line
    before = block.source[: filled.start]
    number = before.count("\n")
    start = len(before) - (before.rfind("\n") + 1)
    end = start + filled.end - filled.start
    lines = [
        _filled_line_html(line, start, end) if place == number else _line_html(line, pieces_html(line))
        for place, line in enumerate(coloured_lines(block.source, block.language))
    ]
    return _pre(block, "\n".join(lines))


def marked_line(block: Code) -> int | None:
    """Return the number of the line whose reason is asked for, from 0; None where there is none."""
    lines = block.source.split("\n")
    marked = [number for number, line in enumerate(lines) if line.endswith(REASON_MARK)]
    return marked[0] if len(marked) == 1 and block.language != OUTPUT else None


def _pre(block: Code, lines: str) -> str:
    # The <code> inside keeps a newline at the start of the block: HTML drops one right after <pre>.
    kind = OUTPUT if block.language == OUTPUT else "code"
    drawn = sum(bool(_DRAWN.search(line)) for line in block.source.split("\n"))
    is_drawn = block.language in {OUTPUT, "", "text"} and drawn >= _FEWEST_DRAWN_LINES
    return f'<pre class="{kind}{" drawn" if is_drawn else ""}"><code>{lines}</code></pre>'


def _folded(lines: Sequence[str], number: int) -> str:
    hidden = "\n".join(lines[:number])
    switch = f'<input type="checkbox" class="more" data-lines="{number}">'
    return f'{switch}<span class="fold">{hidden}\n</span>{chr(10).join(lines[number:])}'


def _asked_line_html(line: Sequence[Piece]) -> str:
    code = _part(line, 0, len(_text(line)) - len(REASON_MARK))
    return _line_html(line, f'{pieces_html(code)}<span class="why">{escape(REASON_MARK)}</span>', " asked")


def _filled_line_html(line: Sequence[Piece], start: int, end: int) -> str:
    parts = ((0, start), (start, end), (end, len(_text(line))))
    before, piece, behind = (pieces_html(_part(line, *part)) for part in parts)
    return _line_html(line, f'{before}<span class="filled">{piece}</span>{behind}')


def _line_html(line: Sequence[Piece], html: str, look: str = "") -> str:
    """Return a line, which knows how far it is set in; no line feed is part of it."""
    text = _text(line)
    columns = len(text[: len(text) - len(text.lstrip(" \t"))].expandtabs(_TAB_COLUMNS))
    inset = f' style="--in:{columns}"' if columns else ""
    return f'<span class="ln{look}"{inset}>{html}</span>'


def _text(line: Sequence[Piece]) -> str:
    return "".join(words for _, words in line)


def _part(line: Sequence[Piece], start: int, end: int) -> list[Piece]:
    """Return the pieces between two letters of a line."""
    part: list[Piece] = []
    place = 0
    for css_class, words in line:
        words_there = words[max(0, start - place) : max(0, end - place)]
        if words_there:
            part.append((css_class, words_there))
        place += len(words)
    return part
