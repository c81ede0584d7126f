"""Whether a typed answer is right, as the judge process and the sitting say it."""

from __future__ import annotations

from enum import StrEnum


class Correctness(StrEnum):
    """Whether a typed answer is right."""

    RIGHT = "right"
    WRONG = "wrong"
    UNSURE = "unsure"
    """It is other code than the reference, and nothing was run."""
    SYNTAX = "syntax"
    """It is no Python; it may be typed again."""
