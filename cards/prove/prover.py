"""Runs programs and yields what a recipe makes of their runs: the entry point for the rest of proofdeck."""

from __future__ import annotations

import signal
from collections import deque
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from select import select
from time import monotonic
from typing import TYPE_CHECKING, Generic, NamedTuple, Self

from cards.errors import ProofError
from cards.held_signals import hold_signals
from cards.program.confinement import Confinement
from cards.program.packages import packages_of
from cards.program.requirement import required_packages
from cards.program.tensorflow_use import uses_tensorflow
from cards.prove.client.fresh_client import FreshClient
from cards.prove.client.installed_versions import keras_2_version, package_versions, runtime_of
from cards.prove.client.prover_folder import ProverFolder
from cards.prove.client.run_request import ProverContext, Result, Work
from cards.prove.client.warm_client import connect
from cards.prove.client.zygote_client import BusyError, ZygoteClient
from cards.prove.event import ConfinementChosen, ImportStarted, ProgramFinished, ProgramStarted, ProverEvent
from cards.python.undefined import load_pyflakes

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
    from types import TracebackType

    from cards.program.runtime import Runtime
    from cards.program.snippet import KerasFlavour
    from cards.prove.client.options import Options
    from cards.prove.client.run_client import RunClient
    from cards.prove.client.run_request import Recipe, RunRequest
    from cards.prove.process.protocol import RunReport
    from cards.prove.sandbox.conditions import RunConditions


class _ClientKey(NamedTuple):
    """What the programs of one client have in common: nothing of it can be changed after an import."""

    keras: KerasFlavour
    conditions: RunConditions


@dataclass(frozen=True, slots=True)
class _ActiveProgram(Generic[Work, Result]):
    """A program between its first request and its result."""

    program: Work
    requests: Generator[RunRequest, RunReport, Result]
    started: float


class Prover:
    """Runs programs until it is closed; `start` begins the import while the caller does other work.

    Start it in a thread that outlives the import: where the thread ends, the importing process ends too.
    """

    def __init__(self, options: Options, watch: Callable[[ProverEvent], None]) -> None:
        self._options = options
        self._watch = watch
        self._clients: dict[_ClientKey, RunClient] = {}
        self._folder: ProverFolder | None = None
        self._jobs = 0
        self._busy: set[_ClientKey] = set()
        self._is_confinement_reported = False
        self._versions: tuple[Runtime, str] | None = None
        self._packages: dict[str, str] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def start(self, conditions: Iterable[RunConditions], flavours: Iterable[KerasFlavour]) -> None:
        """Start the processes that import TensorFlow, one for each sort of conditions; return at once.

        A process without TensorFlow is started too where its flavour is asked for.
        """
        for keras, each in product(flavours, conditions):
            self._client(_ClientKey(keras, each))

    def run(self, work: Sequence[Work], recipe: Recipe[Work, Result]) -> Iterator[tuple[Work, Result]]:
        """Yield each program as it finishes, with what the recipe makes of its runs.

        Raises ProofError where nothing can be run.
        """
        context = self._context(work)
        for each, result, seconds in self._drive(work, lambda each: recipe(each, context)):
            self._watch(ProgramFinished(each.name, seconds))
            yield each, result

    def _drive(
        self, programs: Sequence[Work], begin: Callable[[Work], Generator[RunRequest, RunReport, Result]]
    ) -> Iterator[tuple[Work, Result, float]]:
        """Run every program's requests, several programs at once; yield program, result and seconds."""
        pending = deque(programs)
        active: dict[int, _ActiveProgram[Work, Result]] = {}
        try:
            while pending or active:
                while pending and len(active) < self._options.workers:
                    program = pending.popleft()
                    self._watch(ProgramStarted(program.name))
                    yield from self._advance(
                        _ActiveProgram(program, begin(program), monotonic()), None, active
                    )
                load_pyflakes()
                for report in self._reports() if active else ():
                    yield from self._advance(active.pop(report["number"]), report, active)
        except BaseException:
            # Whoever stops listening wants all stopped; where nothing runs, the import is kept.
            if active:
                self.close()
            raise

    def close(self) -> None:
        """End every process and remove every file, within half a second."""
        for client in self._clients.values():
            # They see it at once, and end side by side.
            client.control.close()
        for client in self._clients.values():
            client.close()
        self._clients.clear()
        if self._folder is not None:
            self._folder.remove()
            self._folder = None

    def _advance(
        self,
        active_program: _ActiveProgram[Work, Result],
        report: RunReport | None,
        active: dict[int, _ActiveProgram[Work, Result]],
    ) -> Iterator[tuple[Work, Result, float]]:
        """Send a program's next request; yield its result where it has none."""
        try:
            request = (
                next(active_program.requests) if report is None else active_program.requests.send(report)
            )
        except StopIteration as end:
            yield active_program.program, end.value, monotonic() - active_program.started
            return
        self._jobs += 1
        active[self._jobs] = active_program
        key = _ClientKey(request.keras, request.conditions)
        self._client(key).send(request.job(self._jobs, self._options))

    def _reports(self) -> list[RunReport]:
        """Wait until at least one report has come; return all that have."""
        readable, _, _ = select([client.control for client in self._clients.values()], [], [])
        reports = []
        for client in [client for client in self._clients.values() if client.control in readable]:
            try:
                reports += client.receive()
            except BusyError:
                self._replace_busy_client(client)
            if client.ready is not None and not self._is_confinement_reported:
                self._is_confinement_reported = True
                self._watch(
                    ConfinementChosen(Confinement(client.ready["confinement"]), client.ready["sentence"])
                )
        return reports

    def _replace_busy_client(self, client: RunClient) -> None:
        """Replace the client of a busy warm zygote by one with a zygote of its own."""
        key = _ClientKey(client.keras, client.conditions)
        self._busy.add(key)
        client.close()
        del self._clients[key]
        for job in client.waiting:
            self._client(key).send(job)

    def _client(self, key: _ClientKey) -> RunClient:
        if key not in self._clients:
            # Neither a started process nor a new folder is lost to an interrupt.
            with hold_signals(signal.SIGINT, signal.SIGTERM):
                self._clients[key] = self._new_client(key)
            # Told once it is under way: whoever is killed now leaves a folder that the next one sweeps.
            self._watch(ImportStarted(key.keras))
        return self._clients[key]

    def _new_client(self, key: _ClientKey) -> RunClient:
        options = self._options
        if options.forks and key not in self._busy:
            warm = connect(*key, options)
            if warm is not None:
                return warm
        self._folder = self._folder or ProverFolder()
        return (ZygoteClient if options.forks else FreshClient)(self._folder.path, *key, options)

    def _context(self, work: Sequence[Work]) -> ProverContext:
        python = self._options.python
        if self._versions is None:
            self._versions = runtime_of(python), keras_2_version(python)
        runtime, keras_2 = self._versions
        if not runtime.tensorflow and any(uses_tensorflow(each.snippets) for each in work):
            raise ProofError("TensorFlow is not installed here. Install proofdeck[tensorflow].")
        names = frozenset(
            name for each in work for name in (*packages_of(each.snippets), *required_packages(each.snippets))
        )
        self._packages |= package_versions(names - self._packages.keys(), python)
        return ProverContext(
            options=self._options,
            runtime=runtime,
            packages={name: self._packages[name] for name in names},
            keras_2=keras_2,
            has_gpu=Path("/dev/nvidia0").exists(),
        )
