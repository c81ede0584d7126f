"""What a command asks of a worker, and what the worker answers: plain data that can be pickled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeAlias

from cards.prove.client.run_request import Result, Work

if TYPE_CHECKING:
    from cards.program.snippet import KerasFlavour
    from cards.prove.client.options import Options
    from cards.prove.client.run_request import Recipe
    from cards.prove.cluster.worker_runtime import WorkerRuntime
    from cards.prove.event import ConfinementChosen


@dataclass(frozen=True, slots=True)
class Order(Generic[Work, Result]):
    """One program to run, with all that decides how."""

    work: Work
    recipe: Recipe[Work, Result]
    """A function of this package: it travels as its name, never as code."""
    options: Options
    asked: WorkerRuntime
    flavours: frozenset[KerasFlavour]
    """What the worker has ready before its first program asks for it."""


@dataclass(frozen=True, slots=True)
class Finished(Generic[Result]):
    """The program ran; its result is what the recipe made of it."""

    result: Result
    seconds: float
    confinement: ConfinementChosen | None
    """How the worker confines code; None where nothing of the program could run."""


@dataclass(frozen=True, slots=True)
class Refused:
    """The worker cannot run this code, or any code; the program has to run elsewhere."""

    worker: str
    reason: str


@dataclass(frozen=True, slots=True)
class Broken:
    """The program ended the process that runs code, twice, on a worker where other code runs."""

    worker: str
    reason: str


Answer: TypeAlias = Finished[Result] | Refused | Broken
