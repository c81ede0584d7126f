"""What a worker of a Dask cluster does: says which runtime it has, and runs one program a thread at a time.

Each of its threads has a prover of its own, kept warm from program to program: the process that imported
TensorFlow, the sandbox and the folder. The worker's own process runs no code of a guide.
"""

from __future__ import annotations

import threading
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from distributed import Worker, WorkerPlugin, get_worker

from cards.errors import ProofError
from cards.program.program import Program
from cards.program.snippet import KerasFlavour, Snippet, SnippetName
from cards.prove.client.run_request import Result, RunRequest, Work
from cards.prove.cluster.order import Broken, Finished, Order, Refused
from cards.prove.cluster.worker_runtime import differences, runtime_here
from cards.prove.event import ConfinementChosen, ProgramFinished
from cards.prove.process.protocol import RunMode
from cards.prove.prover import Prover
from cards.prove.sandbox.conditions import RunConditions

if TYPE_CHECKING:
    from cards.prove.client.options import Options
    from cards.prove.client.run_request import ProverContext, Runs
    from cards.prove.cluster.order import Answer
    from cards.prove.cluster.worker_runtime import WorkerRuntime
    from cards.prove.event import ProverEvent


class RuntimePlugin(WorkerPlugin):
    """Makes the workers of the asked runtime known to the scheduler; work goes to no other."""

    def __init__(self, asked: WorkerRuntime) -> None:
        self._asked = asked
        self.name = asked.resource

    async def setup(self, worker: Worker) -> None:
        """Offer one place a thread for programs that ask for the runtime, if it is this worker's."""
        if not reason_against(self._asked) and self.name not in worker.state.total_resources:
            await worker.set_resources(**{self.name: worker.state.nthreads})


_refused: dict[WorkerRuntime, str] = {}
"""Why code could not be run here although the versions are right."""


def reason_against(asked: WorkerRuntime) -> str:
    """Return why code that asks for a runtime cannot run on this worker; empty where it can."""
    return _refused.get(asked) or _difference(asked)


@cache
def _difference(asked: WorkerRuntime) -> str:
    """Return what is other here, found out once: who changes an environment starts its workers again."""
    try:
        found = runtime_here(asked.packages, asked.python, unconfined=asked.unconfined)
    except ProofError as error:
        return str(error)
    return differences(found, asked)


async def withdraw(asked: WorkerRuntime, reason: str, dask_worker: Worker) -> None:
    """Take back the offer to run code that asks for a runtime, until this worker is started again."""
    _refused[asked] = reason
    await dask_worker.set_resources(**{asked.resource: 0})


class _WarmProver(NamedTuple):
    """A thread's prover, with the options that it was made with and what it has told."""

    options: Options
    prover: Prover
    events: list[ProverEvent]


_of_thread = threading.local()


def fulfil(order: Order[Work, Result]) -> Answer[Result]:
    """Run an order's program in this thread's prover; return what came of it."""
    here = get_worker().address
    if reason := reason_against(order.asked):
        return Refused(here, reason)
    try:
        return _run(order)
    except ProofError:
        # Whatever became of the process that runs code, a new one may do.
        _close_prover()
    try:
        return _run(order)
    except ProofError as error:
        _close_prover()
        reason = str(error)
    try:
        _run(Order(_EMPTY, _run_once, order.options, order.asked, frozenset()))
    except ProofError:
        _close_prover()
        return Refused(here, reason)
    return Broken(here, reason)


_EMPTY = Program("empty", (Snippet(SnippetName("empty#1"), "pass"),))


def _run_once(program: Program, _: ProverContext) -> Runs[None]:
    yield RunRequest(program, KerasFlavour.KERAS_3, RunMode.STOP_AT_ERROR, frozenset())


def _run(order: Order[Work, Result]) -> Finished[Result]:
    options = replace(order.options, workers=1, keep_warm_minutes=0)
    warm = _warm_prover(options)
    warm.prover.start(RunConditions, order.flavours)
    warm.events[:] = [each for each in warm.events if isinstance(each, ConfinementChosen)]
    for _, result in warm.prover.run([order.work], order.recipe):
        seconds = next(each.seconds for each in warm.events if isinstance(each, ProgramFinished))
        chosen = next((each for each in warm.events if isinstance(each, ConfinementChosen)), None)
        return Finished(result, seconds, chosen)
    raise AssertionError("a prover yields a result for each program")


def _warm_prover(options: Options) -> _WarmProver:
    """Return this thread's prover; another one where other options are asked for."""
    warm: _WarmProver | None = getattr(_of_thread, "warm", None)
    if warm is not None and warm.options == options:
        return warm
    _close_prover()
    events: list[ProverEvent] = []
    warm = _of_thread.warm = _WarmProver(options, Prover(options, events.append), events)
    return warm


def _close_prover() -> None:
    warm: _WarmProver | None = getattr(_of_thread, "warm", None)
    if warm is not None:
        warm.prover.close()
        _of_thread.warm = None
