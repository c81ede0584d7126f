"""The messages between the command's process and the process that runs code: plain JSON, never pickles."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

if TYPE_CHECKING:
    from cards.prove.sandbox.limits import RunLimits

BOOTSTRAP = str(Path(__file__).with_name("bootstrap.py"))
"""The file that starts a module of this package in another interpreter."""


class RunMode(StrEnum):
    """Which statements of a code unit run."""

    STOP_AT_ERROR = "stop at error"
    """Those up to its first error."""
    KEEP_GOING = "keep going"
    """All, whatever fails before them."""


class RunEnding(StrEnum):
    """How a run's process ended: by itself, by a signal, or stopped at a limit."""

    EXITED = "exited"
    SIGNAL = "signal"
    TIMED_OUT = "timed out"
    MEMORY = "memory"
    OUTPUT = "output"
    DISK = "disk"
    TASKS = "tasks"


BUSY = "busy"
"""The trouble of a zygote that serves somebody else."""


class CodeUnit(TypedDict):
    """One snippet's code as a job sends it to be run."""

    source: str
    first_line: int
    """Its line in the file that holds the whole program."""
    runs: bool
    """False leaves it out."""
    timeout_seconds: float
    captures: bool
    """Its values are looked at."""
    environment: list[tuple[str, str]]
    seed: int | None


class Job(TypedDict):
    """One program to run once in a process of its own."""

    number: int
    pieces: list[CodeUnit]
    answer: int
    """The unit that is not trusted: those behind it run apart from it; -1 for none."""
    handed: list[str]
    """The names that those take over from it."""
    files: list[tuple[str, str]]
    seed: int
    mode: str
    """A `RunMode`."""
    conditions: str
    """`RunConditions`."""
    loopback: bool
    processes: bool
    gpu: bool
    preloaded: list[str]
    """Packages to import before the code runs, where they are installed."""
    limits: RunLimits


class FreshStart(TypedDict):
    """The job file of a new interpreter that runs one program."""

    job: Job
    keras: int
    """The flavour of Keras; 0 for none, and no TensorFlow."""
    board: str
    """The file of its shared record."""
    secret: str
    box: str
    """The program's own folder."""
    code: str
    sandbox: str
    """The program of macOS that confines it; empty for none."""
    home: str
    """The folder that must be closed to it."""


class RunReport(TypedDict):
    """The report of one job: how its process ended, and what it recorded and printed."""

    number: int
    ending: str
    """A `RunEnding`."""
    status: int
    """Exit status, or the signal's number."""
    finished: bool
    """The last unit was passed: the run's secret is in the shared record."""
    piece: int
    """The unit it was in when it ended."""
    statement: int
    waiting: int
    """The unit whose threads kept it from ending; -1 for none."""
    records: list[str]
    """One JSON text a statement, in order."""
    output: str
    errors: str
    """What it wrote to Python's own standard error: warnings and logs."""
    seconds: float
    confinement: str
    base: str
    """The folder that its own folders lie in."""
    trouble: str
    """What went wrong with the machinery itself; such a run says nothing about the code."""


class ReadyMessage(TypedDict):
    """The first message of a zygote: its versions and confinement, or why it takes no jobs."""

    python: str
    tensorflow: str
    keras: str
    confinement: str
    sentence: str
    """The confinement in words."""
    trouble: str
    """Why it cannot be given jobs; empty where it can."""
