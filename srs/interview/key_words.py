"""Which points typed key words mean."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from cards.regex import regex

if TYPE_CHECKING:
    from collections.abc import Sequence

_PHRASE_END = regex(r"[,;\n]|\.(?=\s|$)")
_WORD = regex(r"\w+")
_LEAST_LETTERS = 3
"""Shorter words are articles and the like."""
_STEM_LETTERS, _STEM_SHARE = 4, 0.55
"""Words mean the same that begin alike, so far and for that part of the longer one: `trace`, `tracing`."""
_LEAST_SHARE = 0.5
"""The part of a phrase's words that a point must have."""


def points_meant(typed: str, points: Sequence[str], asked: str) -> frozenset[int]:
    """Return the places of the points that typed phrases mean: for each phrase those with most of its words.

    What the question itself says means no point.
    """
    given = set(_words(asked))
    texts = [set(_words(point)) for point in points]
    meant: set[int] = set()
    for phrase in _PHRASE_END.split(typed):
        words = [word for word in _words(phrase) if word not in given]
        shares = [sum(any(_alike(word, other) for other in text) for word in words) for text in texts]
        most = max(shares, default=0)
        if words and most >= _LEAST_SHARE * len(words):
            meant |= {place for place, share in enumerate(shares) if share == most}
    return frozenset(meant)


def _words(text: str) -> list[str]:
    return [word for word in _WORD.findall(text.casefold()) if len(word) >= _LEAST_LETTERS or word.isdigit()]


def _alike(one: str, other: str) -> bool:
    if one == other:
        return True
    alike = len(list(takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))))
    return alike >= max(_STEM_LETTERS, _STEM_SHARE * max(len(one), len(other)))
