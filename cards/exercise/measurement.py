"""Results of running a snippet that cards ask for: gaps that change the outcome, and traits of values.

It is measured once for a snippet and kept in the lock; see `cards.prove.measuring.measure`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, NewType

from cards.exercise.program_slice import slice_of
from cards.exercise.worth_asking import gaps_to_look_for
from cards.program.proof_key import program_digest

if TYPE_CHECKING:
    from cards.exercise.gap import Gap
    from cards.exercise.worth_asking import GapWords
    from cards.program.program import Program
    from cards.program.runtime import Runtime
    from cards.program.snippet import SnippetName

MEASURE_VERSION = 4
"""The version of how code is measured; raise it, and everything is measured again."""

MeasureKey = NewType("MeasureKey", str)
"""A digest of all that a measurement depends on."""


class Aspect(StrEnum):
    """The aspect of a value that a card asks for."""

    SHAPE = "shape"
    DTYPE = "dtype"


@dataclass(frozen=True, slots=True)
class Trait:
    """The shape or dtype that a name had after a statement, equal in two runs with different seeds."""

    name: str
    aspect: Aspect
    line: int
    """The statement's first line within the snippet, from 1."""
    text: str


@dataclass(frozen=True, slots=True)
class PrintedStatement:
    """The output of one top-level statement, equal in two runs with different seeds."""

    line: int
    """The statement's first line within the snippet, from 1."""
    text: str


@dataclass(frozen=True, slots=True)
class SnippetMeasurement:
    """The gaps, traits and output that were measured of one snippet."""

    snippet: SnippetName
    key: MeasureKey
    printed: str = ""
    """The output of both runs; empty where they differ, and where it is long."""
    gaps: tuple[Gap, ...] = ()
    """Best first."""
    traits: tuple[Trait, ...] = ()
    """In the order of the code."""
    prints: tuple[PrintedStatement, ...] = ()
    """Of a snippet too long to be shown: its statements that print, in the order of the code."""
    given: tuple[tuple[str, str], ...] = ()
    """Names that it builds on and no card shows, each with what it is in words: `a list`."""
    words: GapWords | None = None
    """The words that decided which gaps were looked for; older locks do not say."""
    lacks_gaps: bool = False
    """It may have gaps, and they were not looked for yet."""


def lacks_gaps_for(measurement: SnippetMeasurement, source: str, words: GapWords) -> bool:
    """Tell whether a block may have gaps that were not looked for, where these are the question's words."""
    if words.is_unasked:
        return False
    if measurement.lacks_gaps:
        return True
    before = measurement.words
    return (
        bool(measurement.printed)
        and before is not None
        and before != words
        and gaps_to_look_for(source, before, measurement.printed)
        != gaps_to_look_for(source, words, measurement.printed)
    )


def measure_key(program: Program, position: int, runtime: Runtime) -> MeasureKey:
    """Digest what measuring the snippet at `position` depends on, without the version of Python.

    Earlier snippets that cannot change what it does are left out.
    """
    return _key(*slice_of(program, position), runtime)


@lru_cache(maxsize=8192)
def valid_keys(program: Program, position: int, runtime: Runtime) -> tuple[MeasureKey, ...]:
    """Return the keys under which a lock may have measured the snippet at `position`, the newest first.

    The last is that of the whole program, which locks had before.
    """
    key = measure_key(program, position, runtime)
    return tuple(dict.fromkeys((key, _key(program, position, runtime))))


def _key(program: Program, position: int, runtime: Runtime) -> MeasureKey:
    versions = (runtime.tensorflow, runtime.keras) if runtime.tensorflow else runtime.packages
    return MeasureKey(program_digest(program, position, *versions, MEASURE_VERSION)[:16])
