"""Verdicts for programs: what the rest of proofdeck calls."""

from __future__ import annotations

import sys
import tempfile
from collections import deque
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from select import select
from time import monotonic
from typing import IO, TYPE_CHECKING, Self

from cards.errors import ProofError
from cards.prove.errand import Surroundings
from cards.prove.event import Confined, Event, Importing, ProgramFinished, ProgramStarted
from cards.prove.examine import Examination, examine
from cards.prove.folder import remove
from cards.prove.fresh import FreshHost
from cards.prove.host import Host
from cards.prove.options import Options
from cards.prove.runtime import installed_packages, installed_runtime, keras_2_version

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from types import TracebackType

    from cards.prove.errand import Errand
    from cards.prove.job import Report
    from cards.snippet import Program, Verdict

__all__ = [
    "Confined",
    "Event",
    "Importing",
    "Options",
    "ProgramFinished",
    "ProgramStarted",
    "Prover",
    "installed_runtime",
    "prove",
]

_PREFIX = "proofdeck-prove-"


def prove(
    programs: Sequence[Program], options: Options, watch: Callable[[Event], None]
) -> Iterator[tuple[Verdict, ...]]:
    """Yield each program's verdicts as it finishes, one a snippet in the snippets' order."""
    with Prover(options, watch) as prover:
        yield from prover.prove(programs)


@dataclass(slots=True)
class _UnderWay:
    """A program between its first run and its verdicts."""

    program: Program
    examination: Examination
    started: float
    errand: Errand | None = None


class Prover:
    """Runs programs until it is closed; `start` begins the import while the caller does other work.

    Start it in a thread that outlives the import: where the thread ends, the importing process ends too.
    """

    def __init__(self, options: Options, watch: Callable[[Event], None]) -> None:
        self._options = options
        self._watch = watch
        self._hosts: dict[int, Host | FreshHost] = {}
        self._folder: _Folder | None = None
        self._jobs = 0
        self._is_confinement_told = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def start(self) -> None:
        """Begin to import TensorFlow; returns at once."""
        self._host(3)

    def prove(self, programs: Sequence[Program]) -> Iterator[tuple[Verdict, ...]]:
        """Yield each program's verdicts as it finishes; raises ProofError where nothing can be run."""
        surroundings = self._surroundings(programs)
        pending = deque(programs)
        active: dict[int, _UnderWay] = {}
        try:
            while pending or active:
                while pending and len(active) < self._options.workers:
                    program = pending.popleft()
                    self._watch(ProgramStarted(program.name))
                    under_way = _UnderWay(program, examine(program, surroundings), monotonic())
                    if (verdicts := self._advance(under_way, None, active)) is not None:
                        yield verdicts
                for report in self._reports() if active else ():
                    under_way = active.pop(report["number"])
                    if (verdicts := self._advance(under_way, report, active)) is not None:
                        yield verdicts
        except BaseException:
            # Whoever stops listening wants everything stopped.
            self.close()
            raise

    def close(self) -> None:
        """End every process and remove every file, within half a second."""
        for host in self._hosts.values():
            host.close()
        self._hosts.clear()
        if self._folder is not None:
            self._folder.remove()
            self._folder = None

    def _advance(
        self, under_way: _UnderWay, report: Report | None, active: dict[int, _UnderWay]
    ) -> tuple[Verdict, ...] | None:
        """Go on with an examination; return its verdicts when it has come to its end."""
        try:
            errand = next(under_way.examination) if report is None else under_way.examination.send(report)
        except StopIteration as end:
            verdicts: tuple[Verdict, ...] = end.value
            self._watch(ProgramFinished(under_way.program.name, verdicts, monotonic() - under_way.started))
            return verdicts
        self._jobs += 1
        active[self._jobs] = under_way
        self._host(errand.keras).send(errand.job(self._jobs, self._options))
        return None

    def _reports(self) -> list[Report]:
        """Wait until there is one."""
        readable, _, _ = select([host.control for host in self._hosts.values()], [], [])
        reports = []
        for host in [host for host in self._hosts.values() if host.control in readable]:
            reports += host.receive()
            if host.ready is not None and not self._is_confinement_told:
                self._is_confinement_told = True
                self._watch(Confined(host.ready["confinement"], host.ready["sentence"]))
        return reports

    def _host(self, keras: int) -> Host | FreshHost:
        if keras not in self._hosts:
            self._folder = self._folder or _Folder()
            self._watch(Importing(keras))
            kind = Host if self._options.forks else FreshHost
            self._hosts[keras] = kind(self._folder.path, keras, self._options)
        return self._hosts[keras]

    def _surroundings(self, programs: Sequence[Program]) -> Surroundings:
        python = self._options.python
        runtime = installed_runtime(python)
        if runtime is None:
            raise ProofError("TensorFlow is not installed here. Install proofdeck[tensorflow].")
        self._folder = self._folder or _Folder()
        required = {
            requirement.removeprefix("package:")
            for program in programs
            for snippet in program.snippets
            for requirement in snippet.directives.requires
            if requirement.startswith("package:")
        }
        return Surroundings(
            options=self._options,
            runtime=runtime,
            base=str(self._folder.path),
            packages=installed_packages(frozenset(required), python),
            keras_2=keras_2_version(python),
            has_gpu=Path("/dev/nvidia0").exists(),
        )


class _Folder:
    """The folder of everything temporary; what an earlier command was killed over is swept away."""

    def __init__(self) -> None:
        for old in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
            with suppress(OSError), (old / "lock").open("rb") as lock:
                _lock(lock)
                remove(old)
        self.path = Path(tempfile.mkdtemp(prefix=_PREFIX)).resolve()
        self._held = (self.path / "lock").open("wb")
        with suppress(OSError):
            _lock(self._held)

    def remove(self) -> None:
        """Remove it."""
        self._held.close()
        remove(self.path)


def _lock(file: IO[bytes]) -> None:
    """Take the lock that a living command holds on its folder; raises OSError."""
    if sys.platform == "win32":
        raise OSError("an open file cannot be removed there, which is lock enough")
    import fcntl

    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
