"""Bars within a formula or code of a row are no ends of its cells: `| Penalty | $c|w|$ |`."""

from __future__ import annotations

from cards.guide.form.line.question_html import prose_lines
from cards.regex import regex

_DELIMITER = regex(r"[ \t>]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*")
_VERBATIM = regex(r"\$\$[^$]+\$\$|\$(?![\s$])[^$]*[^\s$]\$(?!\d)|(`+)(?!`)[^\n]*?(?<!`)\1(?!`)")
_BAR = regex(r"(?<!\\)\|")


def bars_within_cells(text: str) -> str:
    """Return the text with the bars escaped that stand within a formula or code of a row with too many cells.

    A row that has as many cells as its header without them only; the number of the text's lines stays.
    """
    if "|" not in text:
        return text
    lines = text.split("\n")
    prose = prose_lines(lines)
    cells = 0
    for number in prose:
        line = lines[number]
        if "|" not in line:
            cells = 0
        elif not cells and number + 1 in prose and _is_delimiter(lines[number + 1]):
            cells = cell_count(lines[number + 1])
            lines[number] = _escaped(line, cells)
        elif cells and cell_count(line) > cells:
            lines[number] = _escaped(line, cells)
    return "\n".join(lines)


def cell_count(line: str) -> int:
    """Return how many cells a row has as Markdown reads it."""
    cells = _BAR.split(line.strip(" >\t"))
    return len(cells) - (not cells[0].strip()) - (len(cells) > 1 and not cells[-1].strip())


def _is_delimiter(line: str) -> bool:
    return "|" in line and bool(_DELIMITER.fullmatch(line))


def _escaped(line: str, cells: int) -> str:
    escaped = _VERBATIM.sub(lambda match: _BAR.sub(r"\\|", match[0]), line)
    return escaped if cell_count(line) > cells == cell_count(escaped) else line
