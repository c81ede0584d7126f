"""A piece of code that a card asks for, with what it asks."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cards.language.frame import Frame

MAX_ASKED = 3
"""The most pieces of one block that are asked for: more would ask for its code word by word."""


class AskedCode(NamedTuple):
    """A piece of code that a learner can say."""

    frame: Frame
    words: str
    """What tells of it: a comment, or the name beside it."""
    shown: str
    """The code on the front, with a blank in place of the piece; empty where words alone ask."""
    piece: str
    written: str
    """The lines that hold it, without comments; the piece itself where it is whole lines."""
    lines: tuple[int, int]
    """The first and last of them in the block, from 1."""


def asked_apart(asked: Iterable[AskedCode], among: tuple[AskedCode, ...] = ()) -> tuple[AskedCode, ...]:
    """Return what is asked already and what else may be: none shows or holds what another asks."""
    chosen = among
    for each in asked:
        if len(chosen) < MAX_ASKED and all(_are_apart(each, other) for other in chosen):
            chosen = (*chosen, each)
    return tuple(sorted(chosen, key=lambda each: each.lines))


def _are_apart(one: AskedCode, other: AskedCode) -> bool:
    overlap = one.lines[0] <= other.lines[1] and other.lines[0] <= one.lines[1]
    return not (
        overlap
        or one.piece == other.piece
        or one.piece in other.shown
        or other.piece in one.shown
        or one.words == other.words
    )
