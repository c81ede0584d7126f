"""The command's end of one zygote: started here, told what to run, and ended without a trace."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from cards.errors import ProofError
from cards.prove.environment import environment

if TYPE_CHECKING:
    from cards.prove.job import Job, Ready, Report
    from cards.prove.options import Options

_STOP_SECONDS = 0.25


class Host:
    """One zygote."""

    def __init__(self, base: Path, keras: int, options: Options) -> None:
        python = options.python or sys.executable
        self.keras = keras
        self.ready: Ready | None = None
        self._received = b""
        self._waiting: list[Job] = []
        self._log = (base / f"zygote-{keras}.log").open("w+b")
        ours, theirs = socket.socketpair()
        self.control = ours
        start = {
            "control": theirs.fileno(),
            "parent": os.getpid(),
            "base": str(base),
            "keras": keras,
            "unconfined": options.unconfined,
            "without": sorted(options.without),
            "inside_bubblewrap": False,
        }
        home = base / f"zygote-{keras}"
        home.mkdir(exist_ok=True)
        bootstrap = Path(__file__).with_name("bootstrap.py")
        try:
            self.process = subprocess.Popen(
                [python, "-P", str(bootstrap), "zygote", json.dumps(start)],
                stdin=subprocess.DEVNULL,
                stdout=self._log,
                stderr=self._log,
                cwd=home,
                env=environment(base, keras),
                pass_fds=[theirs.fileno()],
                start_new_session=True,
            )
        except OSError as error:
            ours.close()
            self._log.close()
            raise ProofError(
                f"{python} cannot be started ({error.strerror}). Name a Python 3.11+ interpreter."
            ) from error
        finally:
            theirs.close()

    def send(self, job: Job) -> None:
        """Have a job run, once the import is over."""
        if self.ready is None:
            self._waiting.append(job)
        else:
            self.control.sendall(json.dumps(job).encode() + b"\n")

    def receive(self) -> list[Report]:
        """Return the reports that have come; raises ProofError when the zygote is gone."""
        try:
            more = self.control.recv(1 << 20)
        except ConnectionError:
            more = b""
        if not more:
            raise ProofError(f"The process that runs code ended unexpectedly. {self._last_words()}".strip())
        *lines, self._received = (self._received + more).split(b"\n")
        messages = [json.loads(line) for line in lines]
        if messages and self.ready is None:
            ready: Ready = messages.pop(0)
            if ready["trouble"]:
                raise ProofError(ready["trouble"])
            self.ready = ready
            for job in self._waiting:
                self.send(job)
            self._waiting.clear()
        return messages

    def _last_words(self) -> str:
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
