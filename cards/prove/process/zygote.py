"""The zygote: a process with libraries imported that has run nothing, and forks one child a program.

Started by `prover` as a process of its own; speaks JSON lines over one socket. Forking is safe only as long
as it has one thread and TensorFlow has not set itself up to execute, so both are checked before each fork.
"""

from __future__ import annotations

import fcntl
import gc
import json
import os
import select
import signal
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from cards.prove.process import process_tree
from cards.prove.process.child import ProgramRun, preload
from cards.prove.process.json_text import json_bytes
from cards.prove.process.line_buffer import LineBuffer
from cards.prove.process.native_print import may_print_natively
from cards.prove.process.protocol import BUSY
from cards.prove.process.running_child import TROUBLE_STATUS, RunningChild
from cards.prove.sandbox import account, confine, kernel, semaphore

if TYPE_CHECKING:
    import socket

    from cards.prove.process.protocol import Job

_exit_now = os._exit
"""Bound before guide code can replace it."""
_TICK_MILLISECONDS = 25
_CHILD_DESCRIPTORS = 4
"""Standard input, output and error, and a fourth one for what Python writes to standard error: TensorFlow's
own printing goes to the second error stream and is output, warnings and logs are not. The second is output
only for code that may print there: what else TensorFlow writes to it are logs."""


class Zygote:
    """Forks a child for each job, watches it and reports, until the control socket is closed."""

    def __init__(
        self,
        base: Path,
        layers: confine.ConfinementLayers,
        control: socket.socket,
        listener: socket.socket | None = None,
    ) -> None:
        self.listener = listener
        """Where other clients connect while this one is served."""
        self.base = base
        self.layers = layers
        self.control = control
        self.poll = select.poll()
        self.runs: dict[int, RunningChild] = {}
        self.waiting: list[Job] = []
        self.memory_before = 0
        self.preloaded: set[str] = set()

    def serve(self) -> None:
        """Run the jobs that come over the control socket until it is closed."""
        self.poll.register(self.control, select.POLLIN)
        if self.listener is not None:
            self.poll.register(self.listener, select.POLLIN)
        received = LineBuffer()
        self.memory_before = _own_memory()
        while True:
            for descriptor, _ in self.poll.poll(_TICK_MILLISECONDS if self.runs else None):
                if descriptor in self.runs:
                    self._finish_run(descriptor)
                    continue
                if descriptor != self.control.fileno():
                    self._refuse_second_client()
                    continue
                more = self.control.recv(1 << 20)
                if not more:
                    return
                self.waiting += received.add(more)
            self._start_waiting_jobs()
            for run in self.runs.values():
                run.check(self.memory_before)

    def stop(self) -> None:
        """Kill and reap every run."""
        for run in self.runs.values():
            run.kill()
        for run in self.runs.values():
            run.reap_and_report("")
        process_tree.kill_unknown_children(set())

    def _refuse_second_client(self) -> None:
        """Answer a second client with `busy` while the first one is served."""
        assert self.listener is not None  # noqa: S101 - it has just said something
        with suppress(OSError):
            other, _ = self.listener.accept()
            with other:
                other.sendall(json.dumps({"trouble": BUSY}).encode() + b"\n")

    def _start_waiting_jobs(self) -> None:
        """Start the waiting jobs; those that start processes one at a time, so that owners are known."""
        busy = any(run.job["processes"] for run in self.runs.values())
        for job in [job for job in self.waiting if not (busy and job["processes"])]:
            if not (busy and job["processes"]):
                self.waiting.remove(job)
                self._preload(job["preloaded"])
                busy = busy or job["processes"]
                run = self._fork(job)
                self.runs[run.pidfd] = run
                self.poll.register(run.pidfd, select.POLLIN)

    def _preload(self, packages: list[str]) -> None:
        """Import packages for this job and all later ones, where they are installed."""
        new = [name for name in packages if name not in self.preloaded]
        if new:
            self.preloaded |= set(new)
            preload(new)
            gc.freeze()
            self.memory_before = _own_memory()

    def _finish_run(self, descriptor: int) -> None:
        run = self.runs.pop(descriptor)
        self.poll.unregister(descriptor)
        report = run.reap_and_report(self.layers.level or "unconfined")
        if run.job["processes"]:
            process_tree.kill_unknown_children({other.pid for other in self.runs.values()})
        self.control.sendall(json.dumps(report).encode() + b"\n")

    def _fork(self, job: Job) -> RunningChild:
        require_forkable()
        run = RunningChild(job, self.base)
        parent = os.getpid()
        pid = os.fork()
        if pid == 0:
            _become_child(run, parent, self.layers)
        run.watch_process(pid)
        return run


def _become_child(run: RunningChild, parent: int, layers: confine.ConfinementLayers) -> None:
    """Confine this forked process, run the program in it and end it; never returns."""
    status = TROUBLE_STATUS
    try:
        os.setsid()
        kernel.prctl(kernel.PR_SET_PDEATHSIG, signal.SIGKILL)
        sys.dont_write_bytecode, sys.pycache_prefix = True, None
        if os.getppid() != parent:
            os._exit(status)
        output = run.output.fileno()
        os.dup2(output, 1)
        os.dup2(output if may_print_natively(run.job["pieces"]) else run.errors.fileno(), 2)
        os.dup2(run.errors.fileno(), 3)
        for descriptor in (1, 2, 3):
            fcntl.fcntl(descriptor, fcntl.F_SETFL, os.O_APPEND)
        os.closerange(_CHILD_DESCRIPTORS, 1 << 20)
        permissions = run.permissions()
        confine.apply_namespaces(layers, permissions)
        run.create_home()
        account.install()
        if not permissions.processes:
            semaphore.install()
        confine.confine(layers, permissions)
        if os.getppid() != parent:
            os._exit(status)
        ProgramRun(run.job, run.shared_record, str(run.code)).execute(run.secret)
        status = 0
    except BaseException as error:  # noqa: BLE001 - told as trouble with the machinery
        run.shared_record.add_record(json_bytes({"trouble": f"{type(error).__name__}: {error}"}))
    finally:
        _exit_now(status)


def require_forkable() -> None:
    """Raise RuntimeError where this process has run anything: children would hang in their first product."""
    threads = len(os.listdir("/proc/self/task"))  # noqa: PTH208 - its cost is part of every run
    context = sys.modules.get("tensorflow.python.eager.context")
    if threads != 1 or (context is not None and context.context_safe() is not None):
        raise RuntimeError(f"this process can no longer be forked safely ({threads} threads)")


def _own_memory() -> int:
    """Return the bytes of anonymous memory that this process holds; children begin with them."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith("RssAnon:"):
            return int(line.split()[1]) * 1024
    return 0
