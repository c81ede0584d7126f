"""What running a snippet showed that a card can ask for: gaps that the program notices, traits of its values.

It is measured once for a snippet and kept in the lock; see `cards.prove.measure`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NewType

from cards.program.proof_key import program_digest

if TYPE_CHECKING:
    from cards.program.program import Program
    from cards.program.runtime import Runtime
    from cards.program.snippet import SnippetName

MEASURE_VERSION = 2
"""Counts the ways in which code was ever measured; results of another count are measured again."""

MeasureKey = NewType("MeasureKey", str)
"""A digest of all that a measurement depends on."""


class GapKind(StrEnum):
    """What a gap hides, in the order in which it is worth asking."""

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


class Aspect(StrEnum):
    """What is asked of a value."""

    SHAPE = "shape"
    DTYPE = "dtype"


@dataclass(frozen=True, slots=True)
class Trait:
    """Something a name of a snippet had after its statement, in two runs with different seeds."""

    name: str
    aspect: Aspect
    line: int
    """The statement's first line within the snippet, from 1."""
    text: str


@dataclass(frozen=True, slots=True)
class SnippetMeasurement:
    """All that was found out about one snippet."""

    snippet: SnippetName
    key: MeasureKey
    printed: str = ""
    """What it printed in both runs; empty where they differ, and where it is long."""
    gaps: tuple[Gap, ...] = ()
    """Best first."""
    traits: tuple[Trait, ...] = ()
    """In the order of the code."""


def measure_key(program: Program, position: int, runtime: Runtime) -> MeasureKey:
    """Digest what measuring the snippet at `position` depends on; another Python changes nothing of it."""
    return MeasureKey(
        program_digest(program, position, runtime.tensorflow, runtime.keras, MEASURE_VERSION)[:16]
    )
