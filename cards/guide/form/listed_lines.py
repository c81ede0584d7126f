"""Lines of a paragraph that are entries of a list without its marks: `**Atomicity**: all or nothing`."""

from __future__ import annotations

import re
from itertools import accumulate

from cards.guide.block import Item, Listing, Prose
from cards.guide.form.line.bullet_line import BULLETS
from cards.guide.heading.number import has_question_number
from cards.guide.heading.question_answer import answer_start
from cards.guide.inline import slice_inline
from cards.guide.text import Style, plain_text
from cards.language.natural_language import COLONS
from cards.regex import regex
from cards.span import Span

_BULLET = regex(rf"[ \t]*[{BULLETS}·]\ufe0f?[ \t]*(?=\S)")
_TERM = regex(r"[^:：\n]{1,60}?(?::\s+|：\s*|\s+[-–—]\s+)\S")  # noqa: RUF001 - as people type it
_CASE = regex(r"(?:when|where|if|use|avoid|why|how|what|do|don['’]?t|choose)\b", re.IGNORECASE)  # noqa: RUF001
"""Begins a label that says when something holds, and names nothing: `Use it when:`."""
_FEWEST_LINES = 2


def lines_apart(prose: Prose) -> tuple[Prose | Listing, ...]:
    """Return a paragraph whose lines are entries as a list, below the line that leads into it.

    Each begins with a bullet that Markdown does not know, or with a bold term and what it is.
    """
    words = plain_text(prose.inline)
    lines = words.split("\n")
    if len(lines) < _FEWEST_LINES:
        return (prose,)
    starts = [0, *(end for end in accumulate(len(line) + 1 for line in lines[:-1]))]
    is_led = lines[0].rstrip().endswith(COLONS) and not _BULLET.match(lines[0])
    first = 1 if is_led or not _is_entry(prose, lines[0], starts[0]) else 0
    entries = range(first, len(lines))
    if len(entries) < _FEWEST_LINES or not all(_is_entry(prose, lines[n], starts[n]) for n in entries):
        return (prose,)
    if len({bool(_BULLET.match(lines[n])) for n in entries}) > 1:
        return (prose,)
    items = tuple(
        Item(
            slice_inline(prose.inline, starts[n] + _bullet_length(lines[n]), starts[n] + len(lines[n])),
            (),
            _span(prose, n, n),
        )
        for n in entries
    )
    listing = Listing(ordered=False, items=items, span=_span(prose, first, len(lines) - 1))
    if not first:
        return (listing,)
    return Prose(slice_inline(prose.inline, 0, len(lines[0])), _span(prose, 0, 0)), listing


def _is_entry(prose: Prose, line: str, start: int) -> bool:
    if _BULLET.match(line):
        return True
    head = slice_inline(prose.inline, start, start + len(line))
    is_bold = bool(head) and head[0].style is Style.STRONG
    is_asked = has_question_number(line) or answer_start(line) > 0
    return is_bold and bool(_TERM.match(line)) and not (is_asked or _CASE.match(line))


def _bullet_length(line: str) -> int:
    bullet = _BULLET.match(line)
    return bullet.end() if bullet else 0


def _span(prose: Prose, first: int, last: int) -> Span:
    at = [min(prose.span.first + line, prose.span.last) for line in (first, last)]
    return Span(prose.span.path, at[0], at[1])
