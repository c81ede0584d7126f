"""A Dask scheduler and workers, each a process of its own on this machine."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from time import monotonic, sleep
from typing import TYPE_CHECKING

import pytest

from tests.builders.place import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from cards.program.program import Program
    from cards.prove.client.run_request import ProverContext, Runs

WAIT_SECONDS = 180.0
"""For what takes a second on a machine with nothing else to do; this one may be busy."""


@dataclass(frozen=True, slots=True)
class TestCluster:
    """A cluster that runs."""

    address: str
    scheduler: subprocess.Popen[bytes]
    workers: tuple[subprocess.Popen[bytes], ...]
    folder: Path

    __test__ = False

    def end_worker(self, number: int) -> None:
        """Kill a worker as a machine that fails would."""
        os.kill(self.workers[number].pid, signal.SIGKILL)


@contextmanager
def started_cluster(
    folder: Path,
    paths: Sequence[str] = ("", ""),
    *,
    nanny: bool = False,
    allowed_failures: int = 3,
) -> Iterator[TestCluster]:
    """Have a cluster with one worker for each path, which the worker finds packages on first."""
    pytest.importorskip("distributed")
    environment = {
        **os.environ,
        "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": str(allowed_failures),
        "TMPDIR": str(folder),
    }
    processes: list[subprocess.Popen[bytes]] = []

    def start(path: str, *arguments: str) -> subprocess.Popen[bytes]:
        paths_of_process = os.pathsep.join([*([path] if path else []), str(ROOT)])
        process = subprocess.Popen(
            [sys.executable, "-m", "dask", *arguments],
            cwd=folder,
            env={**environment, "PYTHONPATH": paths_of_process},
            stdout=subprocess.DEVNULL,
            stderr=(folder / f"{len(processes)}.log").open("wb"),
            start_new_session=True,
        )
        processes.append(process)
        return process

    found = folder / "scheduler.json"
    quiet = ("--no-dashboard", "--scheduler-file")
    try:
        scheduler = start("", "scheduler", "--host", "127.0.0.1", "--port", "0", *quiet, str(found))
        wait_until(lambda: found.exists() and found.read_text("utf-8").endswith("}"))
        workers = tuple(
            start(
                path,
                *("worker", *quiet, str(found), "--nworkers", "1", "--nthreads", "1"),
                *("--nanny" if nanny else "--no-nanny", "--local-directory", str(folder)),
            )
            for path in paths
        )
        address = json.loads(found.read_text("utf-8"))["address"]
        _wait_for_workers(address, len(workers))
        yield TestCluster(address, scheduler, workers, folder)
    finally:
        for process in reversed(processes):
            process.terminate()
        for process in reversed(processes):
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def wait_until(is_so: Callable[[], bool]) -> None:
    """Wait until the function returns True."""
    deadline = monotonic() + WAIT_SECONDS
    while not is_so():
        if monotonic() > deadline:
            pytest.fail("waited in vain")
        sleep(0.05)


def _wait_for_workers(address: str, count: int) -> None:
    from distributed import Client

    with Client(address, set_as_default=False, timeout=WAIT_SECONDS) as client:
        client.wait_for_workers(count, timeout=WAIT_SECONDS)


def deadly_recipe(program: Program, _: ProverContext) -> Runs[str]:
    """Return the program's name; `deadly` ends its worker first, and `long` waits."""
    if program.name == "deadly":
        os.kill(os.getpid(), signal.SIGKILL)
    if program.name == "long":
        sleep(WAIT_SECONDS)
    yield from ()
    return program.name
