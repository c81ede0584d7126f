"""What happens while code is proved, for a progress display."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from cards.program.confinement import Confinement
    from cards.program.snippet import KerasFlavour


@dataclass(frozen=True, slots=True)
class ImportStarted:
    """TensorFlow is being imported; nothing can run yet."""

    keras: KerasFlavour


@dataclass(frozen=True, slots=True)
class ConfinementChosen:
    """How code is confined, once a prover, before the first program starts."""

    level: Confinement
    sentence: str


@dataclass(frozen=True, slots=True)
class ProgramStarted:
    """A program runs."""

    name: str


@dataclass(frozen=True, slots=True)
class ProgramFinished:
    """All runs of a program are over."""

    name: str
    seconds: float


ProverEvent: TypeAlias = ImportStarted | ConfinementChosen | ProgramStarted | ProgramFinished
