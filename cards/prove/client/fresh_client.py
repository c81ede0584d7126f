"""Runs each program in a new interpreter, on systems where a process with libraries cannot be forked.

Slow, and bounded in time, output and disk only, but for the sandbox that macOS may put around it; verdicts
say so.
"""

from __future__ import annotations

import json
import mmap
import os
import socket
import subprocess
import sys
import threading
from contextlib import suppress
from typing import TYPE_CHECKING

from cards.errors import ProofError
from cards.prove.process.protocol import BOOTSTRAP
from cards.prove.process.running_child import RunningChild
from cards.prove.process.shared_record import SIZE, SharedRecord
from cards.prove.sandbox.environment import child_environment
from cards.prove.sandbox.seatbelt import find_program

if TYPE_CHECKING:
    from pathlib import Path

    from cards.program.snippet import KerasFlavour
    from cards.prove.client.options import Options
    from cards.prove.process.protocol import FreshStart, Job, ReadyMessage, RunReport
    from cards.prove.sandbox.conditions import RunConditions

_TICK_SECONDS = 0.05
_SENTENCES = {
    "seatbelt": "Every question gets a fresh interpreter inside macOS's sandbox-exec: no network, no home, "
    "writes in its own folder only, bounded time. Not verified here: nobody has tried that on a Mac yet.",
    "interpreter": "Every question gets a fresh interpreter with bounded time; nothing keeps its code from "
    "your files: prove only guides you trust.",
}
_NOTHING_CONFINES = (
    "This system offers nothing to confine code with. Say --unconfined if you trust the guide as much as a "
    "program that you start; on Windows, run proofdeck inside WSL."
)


class FreshClient:
    """Runs each job in a new interpreter; used like a ZygoteClient where nothing can be forked."""

    def __init__(self, base: Path, keras: KerasFlavour, conditions: RunConditions, options: Options) -> None:
        self.keras = keras
        self.conditions = conditions
        self._sandbox = find_program(options.without)
        self._confinement = "seatbelt" if self._sandbox else "interpreter"
        self._unconfined = options.unconfined
        self.ready: ReadyMessage | None = {
            "python": "",
            "tensorflow": "",
            "keras": "",
            "confinement": self._confinement,
            "sentence": _SENTENCES[self._confinement],
            "trouble": "",
        }
        self.waiting: list[Job] = []
        self._base = base
        self._threads = options.tensorflow_threads
        self._python = options.python or sys.executable
        self._runs: list[FreshChild] = []
        self._reports: list[RunReport] = []
        self._closing = threading.Event()
        self.control, self._wakeup = socket.socketpair()

    def send(self, job: Job) -> None:
        """Start an interpreter that runs a job; raises ProofError where nothing would confine it, unasked."""
        if not self._sandbox and not self._unconfined:
            raise ProofError(_NOTHING_CONFINES)
        run = FreshChild(
            job, self._base, self._python, self.keras, self.conditions, self._sandbox, threads=self._threads
        )
        self._runs.append(run)
        threading.Thread(target=self._watch, args=(run,), daemon=True).start()

    def receive(self) -> list[RunReport]:
        """Return the reports of the runs that have ended since the last call."""
        self.control.recv(4096)
        found = []
        while self._reports:
            found.append(self._reports.pop(0))
        return found

    def close(self) -> None:
        """Kill every interpreter and close the control socket."""
        self._closing.set()
        for run in self._runs:
            run.kill()
            run.process.wait()
        self.control.close()
        self._wakeup.close()

    def _watch(self, run: FreshChild) -> None:
        while True:
            with suppress(subprocess.TimeoutExpired):
                run.process.wait(_TICK_SECONDS)
                break
            run.check(0)
        if not self._closing.is_set():
            self._reports.append(run.reap_and_report(self._confinement))
            self._runs.remove(run)
            with suppress(OSError):
                self._wakeup.send(b"x")


class FreshChild(RunningChild):
    """A program's process in a new interpreter, from its start to its report."""

    def __init__(
        self,
        job: Job,
        base: Path,
        python: str,
        keras: KerasFlavour,
        conditions: RunConditions,
        sandbox: str = "",
        *,
        threads: int,
    ) -> None:
        pages = base / f"board-{job['number']}"
        pages.write_bytes(bytes(SIZE))
        with pages.open("r+b") as file:
            super().__init__(job, base, SharedRecord(mmap.mmap(file.fileno(), SIZE)))
        self.shared_record.reset()
        job_file = base / f"job-{job['number']}.json"
        start: FreshStart = {
            "job": job,
            "keras": keras,
            "board": str(pages),
            "secret": self.secret.hex(),
            "box": str(self.run_folder),
            "code": str(self.code),
            "sandbox": sandbox,
            "home": os.path.expanduser("~"),  # noqa: PTH111 - raises nothing where there is none
        }
        job_file.write_text(json.dumps(start), encoding="utf-8")
        self._files = (pages, job_file)
        for folder in ("home", "tmp", "keras"):
            (self.run_folder / folder).mkdir()
        own = {"HOME": str(self.run_folder / "home"), "TMPDIR": str(self.run_folder / "tmp")}
        own |= {"KERAS_HOME": str(self.run_folder / "keras"), "PYTHONDONTWRITEBYTECODE": "1"}
        self.process = subprocess.Popen(
            [python, "-P", BOOTSTRAP, "fresh_main", str(job_file)],
            stdin=subprocess.DEVNULL,
            stdout=self.output,
            stderr=self.output,
            cwd=self.run_folder / "home",
            env=child_environment(base, keras, conditions, threads=threads) | own,
            start_new_session=True,
        )
        self.pid = self.process.pid

    def kill(self) -> None:
        """Kill the interpreter and, where there are process groups, its group."""
        self.is_killed = True
        if hasattr(os, "killpg"):
            with suppress(OSError):
                os.killpg(self.pid, 9)
        self.process.kill()

    def _reap(self) -> int:
        code = self.process.wait()
        for file in self._files:
            file.unlink(missing_ok=True)
        return code
