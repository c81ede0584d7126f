"""Recognises the lines that only a notebook understands: `!pip install`, `%timeit`, `?name`."""

from __future__ import annotations

from cards.python.foreign.masking import without_texts
from cards.python.syntax import tree_of
from cards.regex import regex

LEFT_OUT = "# notebook: "
"""What a notebook line begins with once it is made a comment."""

_NOTEBOOK_LINE = regex(
    r"^\s*(?:!{1,2}\s*[\w./~$]|%{1,2}[A-Za-z]|\?{1,2}[A-Za-z_]|[A-Za-z_][\w.]*\?{1,2}\s*$)"
    r"|^\s*[\w, ]+=\s*[!%][A-Za-z]"
)
_CELL_OF_OTHERS = regex(
    r"^\s*%%(?!time\b|timeit\b|capture\b|prun\b|python3?\b|memit\b|mprun\b|lprun\b|debug\b)\w+"
)


def has_only_notebook_lines(source: str) -> bool:
    """Tell whether code holds nothing but notebook commands and magics, or a cell of another language."""
    lines = [line for line in without_texts(source).split("\n") if line.strip()]
    if not lines:
        return False
    return bool(_CELL_OF_OTHERS.match(lines[0])) or all(map(_NOTEBOOK_LINE.match, _joined(lines)))


def without_notebook_lines(source: str) -> str:
    """Return the code with its notebook lines made comments, where it then parses; else as it is.

    No line changes its number. A block of only such lines stays as it is.
    """
    if tree_of(source) is not None or has_only_notebook_lines(source):
        return source
    lines = source.split("\n")
    is_continued = False
    for number, masked in enumerate(without_texts(source).split("\n")):
        if is_continued or _NOTEBOOK_LINE.match(masked):
            lines[number] = _as_comment(lines[number], is_continuation=is_continued)
            is_continued = masked.rstrip().endswith("\\")
    changed = "\n".join(lines)
    return changed if tree_of(changed) is not None else source


def notebook_lines(source: str) -> tuple[tuple[int, str], ...]:
    """Return (line, text) of each notebook line that was made a comment; lines count from 1."""
    return tuple(
        (number, line.partition(LEFT_OUT)[2])
        for number, line in enumerate(source.split("\n"), start=1)
        if line.lstrip().removeprefix("pass  ").startswith(LEFT_OUT)
    )


def _joined(lines: list[str]) -> list[str]:
    """Return the lines without those that continue a line ending in a backslash."""
    return [
        line
        for number, line in enumerate(lines)
        if not (number and lines[number - 1].rstrip().endswith("\\"))
    ]


def _as_comment(line: str, *, is_continuation: bool) -> str:
    text = line.lstrip()
    indent = line[: len(line) - len(text)]
    # In a block it may be the only statement.
    statement = "pass  " if indent and not is_continuation else ""
    return f"{indent}{statement}{LEFT_OUT}{text.rstrip().removesuffix(chr(92)).rstrip()}"
