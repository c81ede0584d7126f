"""Starts one zygote for this command, sends it jobs, receives its reports and ends it."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from typing import IO, TYPE_CHECKING

from cards.errors import ProofError
from cards.prove.client.bytecode import bytecode_environment
from cards.prove.process.line_buffer import LineBuffer
from cards.prove.process.protocol import BOOTSTRAP, BUSY
from cards.prove.sandbox.environment import child_environment

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from cards.program.snippet import KerasFlavour
    from cards.prove.client.options import Options
    from cards.prove.process.protocol import Job, ReadyMessage, RunReport
    from cards.prove.sandbox.conditions import RunConditions

_STOP_SECONDS = 0.25


class BusyError(Exception):
    """A warm zygote serves another command at this moment."""


class ZygoteClient:
    """Starts one zygote, sends it jobs and receives its reports."""

    def __init__(self, base: Path, keras: KerasFlavour, conditions: RunConditions, options: Options) -> None:
        self.keras = keras
        self.conditions = conditions
        self.ready: ReadyMessage | None = None
        self.waiting: list[Job] = []
        """Jobs to send as soon as it is ready."""
        self._received = LineBuffer()
        self._log = (base / f"zygote-{keras}-{conditions}.log").open("w+b")
        self.control, theirs = socket.socketpair()
        start_fields = {"control": theirs.fileno(), "parent": os.getpid()}
        try:
            self.process = launch_zygote(
                base, keras, conditions, options, self._log, start_fields, keep=(theirs.fileno(),)
            )
        except ProofError:
            self.control.close()
            self._log.close()
            raise
        finally:
            theirs.close()

    def send(self, job: Job) -> None:
        """Send a job to the zygote, or keep it until the zygote is ready."""
        if self.ready is None:
            self.waiting.append(job)
        else:
            self.control.sendall(json.dumps(job).encode() + b"\n")

    def receive(self) -> list[RunReport]:
        """Return the reports that have come; raises ProofError when the zygote has ended."""
        try:
            more = self.control.recv(1 << 20)
        except ConnectionError:
            more = b""
        if not more:
            raise ProofError(
                f"The process that runs code ended unexpectedly. {self._last_log_line()}".strip()
            )
        messages = self._received.add(more)
        if messages and self.ready is None:
            ready: ReadyMessage = messages.pop(0)
            if ready["trouble"] == BUSY:
                raise BusyError
            if ready["trouble"]:
                raise ProofError(ready["trouble"])
            self.ready = ready
            for job in self.waiting:
                self.send(job)
            self.waiting.clear()
        return messages

    def _last_log_line(self) -> str:
        self._log.seek(0)
        lines = self._log.read()[-4000:].decode("utf-8", "replace").strip().splitlines()
        return lines[-1] if lines else ""

    def close(self) -> None:
        """End the zygote and all that it started, within half a second."""
        self.control.close()
        if self.ready is None:
            self.process.kill()
        try:
            # It ends its children when it sees the closed socket.
            self.process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self._log.close()


def launch_zygote(
    base: Path,
    keras: KerasFlavour,
    conditions: RunConditions,
    options: Options,
    log: IO[bytes],
    start_fields: Mapping[str, object],
    keep: tuple[int, ...],
) -> subprocess.Popen[bytes]:
    """Start a zygote process that works in `base` and inherits the descriptors to keep."""
    python = options.python or sys.executable
    start = {
        "base": str(base),
        "keras": keras,
        "unconfined": options.unconfined,
        "without": sorted(options.without),
        "inside_bubblewrap": False,
        **start_fields,
    }
    home = base / f"zygote-{keras}-{conditions}"
    home.mkdir(exist_ok=True)
    try:
        return subprocess.Popen(
            [python, "-P", BOOTSTRAP, "zygote_main", json.dumps(start)],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd=home,
            env=child_environment(base, keras, conditions, threads=options.tensorflow_threads)
            | bytecode_environment(options.python),
            pass_fds=keep,
            start_new_session=True,
        )
    except OSError as error:
        raise ProofError(
            f"{python} cannot be started ({error.strerror}). Name Python 3.11 or newer."
        ) from error
