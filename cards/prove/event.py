"""The events of proving code, for a progress display."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from cards.program.confinement import Confinement
    from cards.program.snippet import KerasFlavour


@dataclass(frozen=True, slots=True)
class ImportStarted:
    """The import of TensorFlow has begun; no program runs before it ends."""

    keras: KerasFlavour


@dataclass(frozen=True, slots=True)
class ConfinementChosen:
    """How code is confined; sent once a prover, before the first program starts."""

    level: Confinement
    sentence: str


@dataclass(frozen=True, slots=True)
class ProgramStarted:
    """The first run of a program has begun."""

    name: str


@dataclass(frozen=True, slots=True)
class ProgramFinished:
    """All runs of a program have ended."""

    name: str
    seconds: float


@dataclass(frozen=True, slots=True)
class ProgramGivenUp:
    """A program could not be run to its end, whatever was tried; it has no result."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class ClusterNews:
    """A worker of the cluster came, went or was refused."""

    sentence: str


ProverEvent: TypeAlias = (
    ImportStarted | ConfinementChosen | ProgramStarted | ProgramFinished | ProgramGivenUp | ClusterNews
)
