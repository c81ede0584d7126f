"""Two wordings of one text, compared word by word, with what changed in view."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum, auto
from typing import TYPE_CHECKING, assert_never

from rich.text import Text

from cards.regex import regex

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_TOKEN = regex(r"\w+|[^\w\s]|\s+")
_CONTEXT_CHARACTERS = 32
"""So much of what stayed is shown on each side of what changed."""
_LONGEST_CHANGE = 160
"""Of a longer one, beginning and end are shown."""
CUT = "…"


class Change(Enum):
    """What became of some words."""

    SAME = auto()
    GONE = auto()
    NEW = auto()


@dataclass(frozen=True, slots=True)
class Words:
    """Some words, and what became of them."""

    text: str
    change: Change


def word_diff(was: str, now: str) -> tuple[Words, ...]:
    """Return the words of both texts in order: those that stayed, went and came; a line break is a blank."""
    old, new = _tokens(was), _tokens(now)
    pieces: list[Words] = []
    for tag, old_start, old_end, new_start, new_end in SequenceMatcher(
        None, old, new, autojunk=False
    ).get_opcodes():
        if tag == "equal":
            pieces.append(Words("".join(old[old_start:old_end]), Change.SAME))
            continue
        pieces.append(Words("".join(old[old_start:old_end]), Change.GONE))
        pieces.append(Words("".join(new[new_start:new_end]), Change.NEW))
    return tuple(_without_islands(pieces))


def _tokens(text: str) -> list[str]:
    return _TOKEN.findall(" ".join(text.split()))


def _without_islands(pieces: Sequence[Words]) -> Iterator[Words]:
    """Yield changes that only blanks or marks separate as one change."""
    gone, came = "", ""
    for place, piece in enumerate(pieces):
        if piece.change is Change.GONE:
            gone += piece.text
        elif piece.change is Change.NEW:
            came += piece.text
        elif 0 < place < len(pieces) - 1 and not re.search(r"\w", piece.text):
            gone, came = gone + piece.text, came + piece.text
        else:
            yield from _both(gone, came)
            gone, came = "", ""
            yield piece
    yield from _both(gone, came)


def _both(gone: str, came: str) -> Iterator[Words]:
    if gone == came:
        if gone:
            yield Words(gone, Change.SAME)
        return
    if gone:
        yield Words(gone, Change.GONE)
    if came:
        yield Words(came, Change.NEW)


def in_view(pieces: Sequence[Words]) -> tuple[Words, ...]:
    """Return the pieces with what stayed cut to what stands near a change."""
    last = len(pieces) - 1
    if last < 1:
        return tuple(pieces)
    return tuple(
        Words(_near_change(piece.text, is_first=place == 0, is_last=place == last), piece.change)
        if piece.change is Change.SAME
        else Words(_cut_middle(piece.text), piece.change)
        for place, piece in enumerate(pieces)
    )


def _near_change(text: str, *, is_first: bool, is_last: bool) -> str:
    """Return the ends of a text that stayed which touch a change."""
    head = "" if is_first else _cut_at_blank(text, _CONTEXT_CHARACTERS)
    tail = "" if is_last else _cut_at_blank(text[::-1], _CONTEXT_CHARACTERS)[::-1]
    return text if len(head) + len(tail) + len(CUT) >= len(text) else f"{head}{CUT}{tail}"


def _cut_middle(text: str) -> str:
    if len(text) <= _LONGEST_CHANGE:
        return text
    half = _LONGEST_CHANGE // 2
    return f"{_cut_at_blank(text, half)}{CUT}{_cut_at_blank(text[::-1], half)[::-1]}"


def _cut_at_blank(text: str, length: int) -> str:
    """Return the start of a text up to a blank, about so long."""
    return text if len(text) <= length else text[:length].rpartition(" ")[0] or text[:length]


def diff_text(was: str, now: str, *, in_colour: bool) -> Text:
    """Return the difference as a line: gone red and struck, new green; both in marks without colours."""
    line = Text()
    for piece in in_view(word_diff(was, now)):
        words = piece.text.strip()
        before, _, after = piece.text.partition(words) if words else ("", "", piece.text)
        match piece.change:
            case Change.SAME:
                line.append(piece.text)
            case Change.GONE if in_colour:
                line.append(before).append(words, "red strike").append(after)
            case Change.NEW if in_colour:
                line.append(before).append(words, "green").append(after)
            case Change.GONE:
                line.append(f"{before}[-{words}-]{after}")
            case Change.NEW:
                line.append(f"{before}{{+{words}+}}{after}")
            case _:
                assert_never(piece.change)
    return line
