"""The line that a comment with a reason speaks of, and the code around it that a card shows."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from cards.atomize.commented.spoken_of import best_part, first_line, parts_below, shared_words
from cards.guide.text import REASON_MARK
from cards.python.comments import code_comments
from cards.python.syntax import DEFINITIONS, nodes_in, tree_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from collections.abc import Set as AbstractSet

    from cards.python.comments import CodeComment

_NAMING_WORDS = 2
"""Words of a comment by which it names a line further below, where the next line has none of them."""


def line_spoken_of(comment: CodeComment, source: str) -> int | None:
    """Return the line that a comment speaks of, from 0; None where no code stands right below it."""
    if comment.trailing:
        return comment.line
    lines = source.split("\n")
    below = comment.line + comment.text.count("\n") + 1
    comment_lines = {other.line for other in code_comments(source) if not other.trailing}
    if below >= len(lines) or not lines[below].strip() or below in comment_lines:
        return None
    return _line_named(comment, lines, below)


def marked_code(source: str, marked: int, most_lines: int) -> str:
    """Return the code around a line, without comments, with the mark that asks for the line's reason."""
    comments = list(code_comments(source))
    comment_lines = {each.line for each in comments if not each.trailing}
    trailing = {each.line: each.column for each in comments if each.trailing}
    uncommented = [
        (place, line[: trailing.get(place, len(line))].rstrip())
        for place, line in enumerate(source.split("\n"))
        if place not in comment_lines
    ]
    # Right behind the code, so that it is in sight on a phone too.
    return "\n".join(
        f"{line}{REASON_MARK}" if place == marked else line
        for place, line in _lines_around(uncommented, marked, _statement_lines(source), most_lines)
    )


def _line_named(comment: CodeComment, lines: Sequence[str], below: int) -> int:
    """Return the line that a comment above several speaks of, from 0: the next, or one that it names."""
    tree = tree_of("\n".join(lines))
    parts = parts_below(comment, tree, lines) if tree else ()
    if not parts:
        return below
    best = best_part(comment.text, parts, lines)
    is_named = shared_words(comment.text, best, lines) >= _NAMING_WORDS and not isinstance(best, DEFINITIONS)
    return first_line(best) - 1 if is_named and not shared_words(comment.text, parts[0], lines) else below


def _statement_lines(source: str) -> frozenset[int]:
    """Return the lines at which statements begin, counted from 0."""
    tree = tree_of(source)
    nodes = nodes_in(tree) if tree else ()
    return frozenset(first_line(node) - 1 for node in nodes if isinstance(node, ast.stmt))


def _lines_around(
    shown: list[tuple[int, str]], marked: int, starts: AbstractSet[int], most_lines: int
) -> list[tuple[int, str]]:
    """Return at most so many lines around the marked one, blank lines at the ends left out.

    They begin where a statement begins, within nothing that ends before the marked line; `starts` are the
    lines of statements.
    """
    center = next(index for index, (place, _) in enumerate(shown) if place >= marked)
    start = max(0, min(center - most_lines // 2, len(shown) - most_lines))
    begins = [index for index in range(center + 1) if shown[index][0] in starts]
    if begins and center - begins[-1] < most_lines:
        outermost = (index for index in begins if index >= start and _holds(shown[index : center + 1]))
        start = next(outermost, begins[-1])
    window = shown[start : start + most_lines]
    while window and not window[0][1].strip():
        window = window[1:]
    while window and not window[-1][1].strip():
        window = window[:-1]
    indent = min(_indents(window), default=0)
    return [(place, line[indent:]) for place, line in window]


def _holds(lines: Sequence[tuple[int, str]]) -> bool:
    """Tell whether no line is further out than the first."""
    first, *others = _indents(lines)
    return all(indent >= first for indent in others)


def _indents(lines: Iterable[tuple[int, str]]) -> list[int]:
    return [len(line) - len(line.lstrip()) for _, line in lines if line.strip()]
