"""The workers of a cluster, as the command sees them: which are fit for its programs, which come and go."""

from __future__ import annotations

import logging
from contextlib import suppress
from time import monotonic
from typing import TYPE_CHECKING, NoReturn

from distributed import Client

from cards.errors import ProofError
from cards.prove.cluster.worker import RuntimePlugin, reason_against, withdraw
from cards.prove.event import ClusterNews

if TYPE_CHECKING:
    from collections.abc import Callable

    from cards.prove.cluster.worker_runtime import WorkerRuntime
    from cards.prove.event import ProverEvent

_CONNECT_SECONDS = 10
_LOOK_SECONDS = 2.0
"""How often it is looked which workers have come and gone."""
_WAIT_SECONDS = 60.0
"""How long lost workers are waited for: what watches over them has started them again by then."""


class WorkerPool:
    """A connection to a cluster, and its workers that run code as it is asked for."""

    def __init__(self, address: str, watch: Callable[[ProverEvent], None]) -> None:
        self._watch = watch
        self.client = _connect(address)
        self._address = address
        self._asked: WorkerRuntime | None = None
        self._places: dict[str, int] = {}
        self._known: dict[str, str] = {}
        """Each worker that was looked at, with the reason against it."""
        self._next_look = 0.0
        self._last_seen = monotonic()

    @property
    def places(self) -> int:
        """The programs that run at once."""
        return sum(self._places.values())

    def ask_for(self, asked: WorkerRuntime) -> None:
        """Let only the workers of a runtime run what comes next; raises ProofError where there is none."""
        if asked == self._asked:
            return
        self._asked = asked
        self._known.clear()
        self._look()
        if not self._places:
            raise ProofError(self._why_none())
        self.client.register_plugin(RuntimePlugin(asked), name=asked.resource)

    def look(self) -> bool:
        """Tell which workers went since the last look, a moment ago; return whether all that were left did.

        Raises ProofError where there has been none for a minute, or the cluster itself is gone.
        """
        if monotonic() < self._next_look:
            return False
        before = set(self._places)
        self._look()
        for gone in sorted(before - self._places.keys()):
            self._watch(ClusterNews(f"Worker {gone} is gone; what it was running runs again elsewhere."))
        if not self._places:
            if before:
                self._watch(ClusterNews("No worker is left; waiting for one to come back."))
            if monotonic() > self._last_seen + _WAIT_SECONDS:
                raise ProofError(
                    f"{self._why_none()} What was proved is kept; the same command goes on from there."
                )
        return bool(before) and before.isdisjoint(self._places)

    def give_up(self, worker: str, reason: str) -> None:
        """Send a worker nothing more, as it cannot run code."""
        if worker in self._places and self._asked is not None:
            del self._places[worker]
            self._known[worker] = reason
            self._tell_refusal(worker, reason)
            self.client.run(withdraw, self._asked, reason, workers=[worker], on_error="ignore")

    def orders_at(self, worker: str) -> frozenset[str]:
        """Return the keys of what was sent to a worker and is not finished."""
        return frozenset(map(str, self.client.processing([worker]).get(worker, ())))

    def raise_gone(self, cause: Exception | None = None) -> NoReturn:
        """Raise the error for a cluster that is not there any more."""
        raise ProofError(
            f"The Dask scheduler at {self._address} is gone. What was proved is kept; "
            "the same command goes on from there once it is back."
        ) from cause

    def close(self) -> None:
        """Let go of the cluster."""
        with suppress(OSError, TimeoutError):
            self.client.close(timeout=2)

    def _look(self) -> None:
        """Find out which workers there are and which are fit, asking those that are new."""
        try:
            threads: dict[str, int] = dict(self.client.nthreads())
        except OSError as error:
            self.raise_gone(error)
        new = [worker for worker in threads if worker not in self._known]
        for worker, reason in self._reasons_against(new).items():
            self._known[worker] = reason
            if reason:
                self._tell_refusal(worker, reason)
        self._places = {
            worker: number for worker, number in threads.items() if self._known.get(worker, "?") == ""
        }
        self._next_look = monotonic() + _LOOK_SECONDS
        if self._places:
            self._last_seen = monotonic()

    def _reasons_against(self, workers: list[str]) -> dict[str, str]:
        """Return why each worker cannot run what is asked; an empty text where it can."""
        if not workers or self._asked is None:
            return {}
        found = self.client.run(reason_against, self._asked, workers=workers, on_error="return")
        return {
            worker: (
                "proofdeck is not installed there"
                if isinstance(answer, ImportError)
                else f"it cannot be asked ({answer})"
                if isinstance(answer, BaseException)
                else answer
            )
            for worker, answer in found.items()
            # A worker that ended just now is asked no more.
            if not isinstance(answer, OSError)
        }

    def _tell_refusal(self, worker: str, reason: str) -> None:
        self._watch(ClusterNews(f"Worker {worker} gets no work: {reason}."))

    def _why_none(self) -> str:
        if not self._known:
            return f"No worker is connected to {self._address}; start one with `dask worker {self._address}`."
        reasons = "; ".join(f"{worker}: {reason}" for worker, reason in sorted(self._known.items()))
        return f"No worker of {self._address} can run this code ({reasons})."


def _connect(address: str) -> Client:
    # What becomes of workers is told in sentences; Dask would print it too, with tracebacks.
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    try:
        return Client(address, timeout=_CONNECT_SECONDS, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        raise ProofError(
            f"No Dask scheduler answers at {address}; start one with `dask scheduler` and give its address, "
            "tcp://HOST:PORT."
        ) from error
