"""What a typed answer is worth: the word that the judging process and the sitting have for it."""

from __future__ import annotations

from enum import StrEnum


class Correctness(StrEnum):
    """What became of a typed answer."""

    RIGHT = "right"
    WRONG = "wrong"
    UNSURE = "unsure"
    """It is other code than the reference, and nothing was run."""
    SYNTAX = "syntax"
    """It is no Python; it may be typed again."""
