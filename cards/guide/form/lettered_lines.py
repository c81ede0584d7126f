"""Options that are lines of a paragraph, or paragraphs: `A) a list`; they become a list."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from cards.guide.answer.option import is_consecutive
from cards.guide.block import Item, Listing, Prose
from cards.guide.inline import slice_inline
from cards.guide.text import Style, plain_text
from cards.regex import regex
from cards.span import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cards.guide.element import Element

_LINE = regex(
    r"[ \t]*(?:[☐☑☒✅❌✔✖]\ufe0f?[ \t]*)?(?:(?P<letter>[A-Ja-j])[ \t]*[).:、．]"  # noqa: RUF001
    r"|\((?P<inner>[A-Ja-j])\))[ \t]*(?=\S)"
)
_BOX_LINE = regex(r"^[ \t]*[☐☑☒](?=\s*\S)", re.MULTILINE)
_IN_LINE = regex(r"(?:(?<=\s)|^)(?:(?P<letter>[A-Ja-j])\)|\((?P<inner>[A-Ja-j])\))[ \t]*(?=\S)", re.MULTILINE)
_FEWEST_IN_LINE = 3


def options_apart(prose: Prose) -> tuple[Prose | Listing, ...]:
    """Return a paragraph with the lines that are options as a list; the paragraph where it has none."""
    words = plain_text(prose.inline)
    starts = _starts_of_lines(prose, words) or _starts_of_boxes(words) or _starts_in_line(words)
    if not starts:
        return (prose,)
    last = words.find("\n", starts[-1])
    ends = [*starts[1:], len(words) if last < 0 else last]
    items = tuple(
        Item(slice_inline(prose.inline, start, end), (), _span(prose, words, start, end))
        for start, end in zip(starts, ends, strict=True)
    )
    parts: list[Prose | Listing] = []
    if words[: starts[0]].strip():
        before = slice_inline(prose.inline, 0, starts[0])
        parts.append(Prose(before, _span(prose, words, 0, starts[0])))
    parts.append(Listing(ordered=False, items=items, span=_span(prose, words, starts[0], ends[-1])))
    if words[ends[-1] :].strip():
        parts.append(Prose(slice_inline(prose.inline, ends[-1]), _span(prose, words, ends[-1], len(words))))
    return tuple(parts)


def options_together(elements: Sequence[Element]) -> list[Element]:
    """Return elements with neighbouring paragraphs that are one option each as a list."""
    joined: list[Element] = []
    for is_option, group in groupby(elements, key=lambda element: bool(_letter_of(element))):
        together = list(group)
        paragraphs = [one for one in together if isinstance(one, Prose)]
        if is_option and len(paragraphs) > 1 and is_consecutive([_letter_of(one) for one in paragraphs]):
            span = Span(paragraphs[0].span.path, paragraphs[0].span.first, paragraphs[-1].span.last)
            items = tuple(Item(one.inline, (), one.span) for one in paragraphs)
            joined.append(Listing(ordered=False, items=items, span=span))
        else:
            joined += together
    return joined


def _letter_of(element: Element) -> str:
    """Return the letter of a paragraph that is one option; empty for anything else."""
    if not isinstance(element, Prose) or not _begins_in_words(element, 0):
        return ""
    words = plain_text(element.inline)
    match = _LINE.match(words)
    return (match["letter"] or match["inner"]).lower() if match and "\n" not in words.strip() else ""


def _starts_of_lines(prose: Prose, words: str) -> list[int]:
    """Return where the lines begin that are options, each the next letter; none for less than two."""
    starts: list[int] = []
    letters: list[str] = []
    position = 0
    for line in words.split("\n"):
        match = _LINE.match(line)
        letter = (match["letter"] or match["inner"]).lower() if match else ""
        if letter and _begins_in_words(prose, position) and is_consecutive([*letters, letter]):
            starts.append(position)
            letters.append(letter)
        position += len(line) + 1
    return starts if len(starts) > 1 else []


def _starts_of_boxes(words: str) -> list[int]:
    """Return where the lines begin that each have a box to tick before them: `☐ a list`."""
    starts = [match.start() for match in _BOX_LINE.finditer(words)]
    behind = words[starts[0] :].rstrip("\n").count("\n") + 1 if starts else 0
    return starts if len(starts) > 1 and behind == len(starts) else []


def _starts_in_line(words: str) -> list[int]:
    """Return where the options begin that stand behind each other: `a) one b) two c) three`."""
    found = list(_IN_LINE.finditer(words))
    letters = [(match["letter"] or match["inner"]).lower() for match in found]
    is_one_line = bool(found) and "\n" not in words[found[0].start() : found[-1].start()]
    if len(found) < _FEWEST_IN_LINE or not is_one_line or not is_consecutive(letters):
        return []
    return [match.start() for match in found]


def _begins_in_words(prose: Prose, position: int) -> bool:
    """Tell whether what stands at a place is no code: `a: int`."""
    for run in prose.inline:
        if position < len(run.text):
            return run.style is not Style.CODE
        position -= len(run.text)
    return False


def _span(prose: Prose, words: str, start: int, end: int) -> Span:
    first = prose.span.first + words.count("\n", 0, start)
    last = prose.span.first + words[:end].rstrip().count("\n")
    return Span(prose.span.path, min(first, prose.span.last), max(first, min(last, prose.span.last)))
