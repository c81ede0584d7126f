"""Read an option of a quiz: its box, its label, and the mark that says it is right."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from cards.guide.inline import collapse_space, slice_inline
from cards.guide.text import Inline, Style, StyledText, plain_text
from cards.regex import regex

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cards.guide.block import Code, Item, Listing

LETTERS = "abcdefghij"
"""The labels of options; a question with more offers no options."""

_BOX = regex(r"\s*(?:\[(?P<tick>[ xX✓✔*]?)\]|\((?P<dot>[ xX✓✔*]?)\)|(?P<sign>[☐☑☒]))\s*")
_LABEL = regex(
    r"\s*(?:\((?P<inner>[A-Ja-j]|\d{1,2})\)|(?P<letter>[A-Ja-j]|\d{1,2})\s*[).:：、．\]-](?![\w=]))\s*"  # noqa: RUF001
)
_RIGHT_MARK = regex(
    r"\s*(?:[✅✔✓☑🟢👍⭐]\ufe0f?|:(?:white_check_mark|heavy_check_mark|ballot_box_with_check|\+1):)\s*"
)
_WRONG_MARK = regex(r"\s*(?:[❌✗✘✖🔴🚫]\ufe0f?|:(?:x|heavy_multiplication_x|no_entry_sign):)\s*")
_RIGHT_WORDS = regex(
    r"[\s—–-]*(?:(?:<--?|<=|⬅️?|←)\s*(?:the\s+)?(?:correct|right|this(?: one)?"  # noqa: RUF001
    r"|answer)(?:\s+(?:answer|one|option))?!?"
    r"|[(\[*]\s*(?:the\s+)?(?:correct|right)(?:\s+(?:answer|option|choice))?\s*[)\]*])\s*\Z",
    re.IGNORECASE,
)
_BLANKS = " \t\n\r\u00a0\u2800\u3164"
"""White space, and letters that look like it: an author writes one for an option that is only code."""
_TICKS = frozenset("xX✓✔*")


@dataclass(frozen=True, slots=True)
class Option:
    """One of the answers that a quiz offers."""

    words: Inline
    """Without box, label and mark."""
    label: str = ""
    """The author's letter in lower case, or number; empty for none."""
    is_capital: bool = False
    """Its letter is a capital."""
    has_box: bool = False
    is_marked: bool = False
    """Its box is ticked, or a mark says that it is right."""
    is_bold: bool = False
    """All of it is bold."""
    code: tuple[Code, ...] = ()


def options_of(listing: Listing) -> tuple[Option, ...]:
    """Return the options that a list's entries are; none where an entry holds a list of its own."""
    if not 2 <= len(listing.items) <= len(LETTERS) or any(item.items for item in listing.items):
        return ()
    options = [_option(item) for item in listing.items]
    if not all(option.words or option.code for option in options):
        return ()
    if is_consecutive([option.label for option in options]):
        return tuple(options)
    # What looks like a label in some entries is part of their words: `1. x`, `a: int`.
    options = [replace(_option(item, with_label=False)) for item in listing.items]
    if listing.ordered:
        return tuple(replace(each, label=str(number)) for number, each in enumerate(options, 1))
    return tuple(options)


def has_boxes(listing: Listing) -> bool:
    """Tell whether each entry of a list begins with a box to tick."""
    return all(_BOX.match(plain_text(item.inline)) for item in listing.items)


def is_consecutive(labels: Sequence[str]) -> bool:
    """Tell whether labels count: `a b c`, `1 2 3`."""
    if not labels or labels[0] not in {"a", "1"}:
        return False
    numbers = [int(each) if each.isdigit() else LETTERS.find(each) + 1 for each in labels]
    same_sort = len({each.isdigit() for each in labels}) == 1
    return same_sort and all(later == number + 1 for number, later in pairwise(numbers))


def label_at_start(words: str) -> tuple[str, int]:
    """Return the label that a line begins with, and where it ends; empty for none."""
    match = _LABEL.match(words)
    if match is None or not words[match.end() :].strip():
        return "", 0
    return (match["inner"] or match["letter"]).lower(), match.end()


def _option(item: Item, *, with_label: bool = True) -> Option:
    inline = item.inline
    words = plain_text(inline)
    has_box = is_marked = False
    if match := _BOX.match(words):
        has_box = True
        is_marked = (match["tick"] or match["dot"] or "") in _TICKS or match["sign"] in {"☑", "☒"}
        inline = slice_inline(inline, match.end())
    inline, marked_before = _without_mark(inline)
    label = ""
    words = plain_text(inline)
    if with_label and not (inline and inline[0].style is Style.CODE):
        match = _LABEL.match(words)
        # `B` alone labels code that stands below it.
        if match and (words[match.end() :].strip() or item.code):
            label, inline = match["inner"] or match["letter"], slice_inline(inline, match.end())
        elif item.code and words.strip().lower() in set(LETTERS):
            label, inline = words.strip(), ()
    if item.code and not any(map(str.isalnum, plain_text(inline))):
        inline = ()
    inline, marked_behind = _without_mark(inline)
    inline = _trimmed(inline)
    said = [run for run in inline if run.text.strip(" .")]
    is_bold = bool(said) and all(run.style is Style.STRONG or run.is_bold for run in said)
    return Option(
        _plain_if_bold(inline) if is_bold else inline,
        label.lower(),
        label.isupper(),
        has_box,
        is_marked or marked_before or marked_behind,
        is_bold,
        item.code,
    )


def _without_mark(inline: Inline) -> tuple[Inline, bool]:
    """Return an option without the sign that says it is right or wrong, and whether it says right."""
    words = plain_text(inline)
    for mark, is_right in ((_RIGHT_MARK, True), (_WRONG_MARK, False)):
        if match := mark.match(words):
            return slice_inline(inline, match.end()), is_right
        found = list(mark.finditer(words))
        if found and found[-1].end() == len(words):
            return slice_inline(inline, 0, found[-1].start()), is_right
    if match := _RIGHT_WORDS.search(words):
        return slice_inline(inline, 0, match.start()), True
    return inline, False


def _trimmed(inline: Inline) -> Inline:
    words = plain_text(inline)
    start = len(words) - len(words.lstrip(_BLANKS))
    return collapse_space(slice_inline(inline, start, max(start, len(words.rstrip(_BLANKS)))))


def _plain_if_bold(inline: Inline) -> Inline:
    return tuple(
        StyledText(run.text, Style.PLAIN if run.style is Style.STRONG else run.style) for run in inline
    )
