"""A gap in code, and what it hides."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class GapKind(StrEnum):
    """The kind of code that a gap hides, most useful to ask first."""

    ARGUMENT = "argument"
    """`axis=0`"""
    DECORATOR = "decorator"
    """What follows the `@`."""
    CALL = "call"
    """`tf.reduce_sum(x)`, or of a method what follows the dot."""
    OPERATOR = "operator"
    """`a @ b`"""
    CONTEXT = "context"
    """The call of a `with` statement."""


ASKED_TWICE = frozenset({GapKind.ARGUMENT, GapKind.DECORATOR, GapKind.OPERATOR})
"""Of these a block may have two gaps; a second call or context asks for little more."""

ASKED_BEFORE_OUTPUT = frozenset({GapKind.ARGUMENT, GapKind.DECORATOR})
"""These ask which setting brings an output about; that says more than what the block prints."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A piece of one line that a learner fills in."""

    sort: GapKind
    line: int
    """Within the snippet, from 1."""
    start: int
    end: int
    """Its characters within the line."""
    text: str
