"""Runs programs on the workers of a Dask cluster, as `prover.Prover` does on this machine."""

from __future__ import annotations

from collections import Counter, deque
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Generic, Self, assert_never
from uuid import uuid4

from distributed import KilledWorker, as_completed

from cards.errors import ProofError
from cards.program.packages import packages_of
from cards.program.requirement import required_packages
from cards.prove.client.run_request import Result, Work
from cards.prove.cluster.order import Broken, Finished, Order, Refused
from cards.prove.cluster.worker import fulfil
from cards.prove.cluster.worker_pool import WorkerPool
from cards.prove.cluster.worker_runtime import runtime_here
from cards.prove.event import ProgramFinished, ProgramGivenUp, ProgramStarted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from distributed import Future

    from cards.program.confinement import Confinement
    from cards.program.snippet import KerasFlavour
    from cards.prove.client.options import Options
    from cards.prove.client.run_request import Recipe
    from cards.prove.cluster.order import Answer
    from cards.prove.cluster.worker_runtime import WorkerRuntime
    from cards.prove.event import ProverEvent
    from cards.prove.sandbox.conditions import RunConditions

_ORDERS_A_PLACE = 2
"""One that runs and one that waits beside it, so that no worker waits for the network."""
_MOST_ATTEMPTS = 3
"""How often a program that ends the process which runs code is tried."""


class ClusterProver:
    """Runs programs on a cluster until it is closed. The workers stay warm for the next command."""

    def __init__(self, address: str, options: Options, watch: Callable[[ProverEvent], None]) -> None:
        self._address = address
        self._options = replace(options, keep_warm_minutes=0)
        self._watch = watch
        self._pool: WorkerPool | None = None
        self._flavours: frozenset[KerasFlavour] = frozenset()
        self._packages: frozenset[str] = frozenset()
        self._told: set[Confinement] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def start(self, conditions: Iterable[RunConditions], flavours: Iterable[KerasFlavour]) -> None:
        """Connect to the cluster; raises ProofError where nothing answers at its address.

        A worker starts its processes with its first program: one of each flavour for each condition.
        """
        del conditions
        self._flavours = frozenset(flavours)
        self._connected_pool()

    def close(self) -> None:
        """Let go of all programs that were sent, and of the cluster."""
        if self._pool is not None:
            self._pool.close()
            self._pool = None

    def run(self, work: Sequence[Work], recipe: Recipe[Work, Result]) -> Iterator[tuple[Work, Result]]:
        """Yield each program as it finishes, with what the recipe makes of its runs.

        A lost worker's programs run again on others; one that ends worker after worker is told to the watcher
        and not yielded. Raises ProofError where no worker can run the code.
        """
        if not work:
            return
        pool = self._connected_pool()
        asked = self._asked_for(work)
        pool.ask_for(asked)
        run: _ClusterRun[Work, Result] = _ClusterRun(
            pool, lambda each: Order(each, recipe, self._options, asked, self._flavours), self._watch
        )
        try:
            for each, finished in run.finish(work):
                if finished.confinement and finished.confinement.level not in self._told:
                    self._told.add(finished.confinement.level)
                    self._watch(finished.confinement)
                self._watch(ProgramFinished(each.name, finished.seconds))
                yield each, finished.result
        finally:
            run.cancel()

    def _connected_pool(self) -> WorkerPool:
        if self._pool is None:
            self._pool = WorkerPool(self._address, self._watch)
        return self._pool

    def _asked_for(self, work: Sequence[Work]) -> WorkerRuntime:
        """Return the versions that workers must have: those that the code would have run with here."""
        self._packages |= {
            name for each in work for name in (*packages_of(each.snippets), *required_packages(each.snippets))
        }
        return runtime_here(self._packages, self._options.python, unconfined=self._options.unconfined)


@dataclass(frozen=True, slots=True)
class _Sent(Generic[Work]):
    """A program on its way."""

    work: Work
    is_alone: bool
    """No other program was on its way, so that it is to blame for what became of its workers."""


class _ClusterRun(Generic[Work, Result]):
    """The programs of one call: which wait, which are on their way, which are suspected of ending workers."""

    def __init__(
        self,
        pool: WorkerPool,
        order: Callable[[Work], Order[Work, Result]],
        watch: Callable[[ProverEvent], None],
    ) -> None:
        self._pool = pool
        self._order = order
        self._watch = watch
        self._waiting: deque[Work] = deque()
        self._suspects: deque[Work] = deque()
        """They were there when workers ended, perhaps beside the one that did it: each runs again alone."""
        self._sent: dict[Future[Answer[Result]], _Sent[Work]] = {}
        self._answers = as_completed(loop=pool.client.loop, with_results=True, raise_errors=False)
        self._attempts: Counter[int] = Counter()
        """How often each program came to nothing, by its `id`."""

    def finish(self, work: Sequence[Work]) -> Iterator[tuple[Work, Finished[Result]]]:
        """Send all programs, a few at a time, and yield each one that finishes."""
        self._waiting.extend(work)
        while self._waiting or self._sent or self._suspects:
            if self._pool.look():
                self._begin_again()
            self._send_more()
            for future, answer in self._next_answers():
                sent = self._sent.pop(future, None)
                if sent is None:
                    continue  # taken back from a worker that was given up
                finished = self._judge(sent, future, answer)
                if finished is not None:
                    yield sent.work, finished

    def cancel(self) -> None:
        """Take back what was sent; what a worker has begun it runs to its end, for nobody."""
        with suppress(OSError, TimeoutError):
            self._pool.client.cancel(list(self._sent), force=True)
        self._sent.clear()

    def _send_more(self) -> None:
        room = self._pool.places * _ORDERS_A_PLACE - len(self._sent)
        chosen = [self._waiting.popleft() for _ in range(min(room, len(self._waiting)))]
        is_alone = not chosen and not self._sent and bool(self._suspects) and room > 0
        if is_alone:
            chosen = [self._suspects.popleft()]
        if not chosen:
            return
        orders = [self._order(each) for each in chosen]
        futures = self._pool.client.map(
            fulfil,
            orders,
            key=[f"proofdeck-{uuid4().hex}" for _ in orders],
            pure=False,
            resources={orders[0].asked.resource: 1},
        )
        for each, future in zip(chosen, futures, strict=True):
            self._watch(ProgramStarted(each.name))
            self._sent[future] = _Sent(each, is_alone)
        self._answers.update(futures)

    def _next_answers(self) -> list[tuple[Future[Answer[Result]], Answer[Result]]]:
        """Wait a moment for answers; return those that have come."""
        if not self._answers.has_ready():
            with self._answers.thread_condition:
                self._answers.thread_condition.wait(0.1)
        batch: list[tuple[Future[Answer[Result]], Answer[Result]]] = self._answers.next_batch(block=False)
        return batch

    def _judge(
        self, sent: _Sent[Work], future: Future[Answer[Result]], answer: Answer[Result]
    ) -> Finished[Result] | None:
        """Return a finished program's answer; else decide what becomes of the program."""
        if future.status == "error":
            self._judge_error(sent, future)
            return None
        if future.status == "cancelled":
            self._pool.raise_gone()
        # Where its worker has ended since, Dask calls it lost or pending; the answer is here all the same.
        match answer:
            case Finished():
                return answer
            case Refused(worker=worker, reason=reason):
                self._waiting.appendleft(sent.work)
                self._pool.give_up(worker, reason)
                rest = self._take_back(self._pool.orders_at(worker))
                self._waiting.extendleft(each.work for each in rest)
            case Broken(reason=reason):
                self._attempts[id(sent.work)] += 1
                if self._attempts[id(sent.work)] < _MOST_ATTEMPTS:
                    self._waiting.append(sent.work)
                else:
                    self._watch(ProgramGivenUp(sent.work.name, reason))
            case _:
                assert_never(answer)
        return None

    def _judge_error(self, sent: _Sent[Work], future: Future[Answer[Result]]) -> None:
        error = future.exception()
        if not isinstance(error, KilledWorker):
            raise ProofError(
                "The cluster could not run what it was sent. Its scheduler and workers need this version of "
                f"proofdeck and of Dask. ({type(error).__name__}: {str(error).partition(chr(10))[0]})"
            ) from error
        if sent.is_alone:
            reason = f"{error.allowed_failures + 1} workers ended while they ran it"
            self._watch(ProgramGivenUp(sent.work.name, reason))
        else:
            self._suspects.append(sent.work)

    def _begin_again(self) -> None:
        """Send what was on its way again: with the last worker Dask has lost it, and would wait for ever.

        A power cut ends all workers at once, and so does one program, if it goes from worker to worker. What
        was there both times runs again alone.
        """
        for sent in self._take_back(future.key for future in self._sent if future.status != "error"):
            self._attempts[id(sent.work)] += 1
            if self._attempts[id(sent.work)] == 1:
                self._waiting.appendleft(sent.work)
            elif not sent.is_alone or self._attempts[id(sent.work)] < _MOST_ATTEMPTS:
                self._suspects.append(sent.work)
            else:
                self._watch(ProgramGivenUp(sent.work.name, "every worker ended while it ran it"))

    def _take_back(self, keys: Iterable[object]) -> list[_Sent[Work]]:
        """Return what was sent under the keys, taken back from the workers."""
        wanted = frozenset(keys)
        back = [future for future in self._sent if future.key in wanted]
        sent = [self._sent.pop(future) for future in back]
        self._pool.client.cancel(back, force=True)
        return sent
