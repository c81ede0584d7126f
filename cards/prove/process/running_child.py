"""A program's process as its parent sees it: its files, its limits and its report."""

from __future__ import annotations

import json
import os
import signal
import tempfile
from contextlib import suppress
from time import monotonic
from typing import IO, TYPE_CHECKING

from cards.prove.process.process_tree import descendants, is_too_late, longest_run_delay
from cards.prove.process.protocol import RunEnding
from cards.prove.process.shared_record import NOT_STARTED, SECRET_BYTES, SharedRecord
from cards.prove.sandbox.folder import folder_size, remove_folder

if TYPE_CHECKING:
    from pathlib import Path

    from cards.prove.process.protocol import Job, RunReport
    from cards.prove.sandbox.confine import Permissions

TROUBLE_STATUS = 70
"""How a child ends when the machinery failed and not the code."""
_PREPARATION_SECONDS = 300.0
"""Before the first statement; long only where TensorFlow is imported in between."""
_MOST_PROCESSES = 64
_MOST_OUTPUT_BYTES = 256 * 1024


class RunningChild:
    """A program's process as its parent sees it, from its fork to its report."""

    def __init__(self, job: Job, base: Path, shared_record: SharedRecord | None = None) -> None:
        self.job = job
        self.shared_record = shared_record or SharedRecord()
        self.base = base
        self.secret = os.urandom(SECRET_BYTES)
        self.run_folder = base / "boxes" / str(job["number"])
        self.code = base / "code" / str(job["number"]) / "answer.py"
        self.output: IO[bytes] = tempfile.TemporaryFile(dir=base)  # noqa: SIM115 - lives as long as the run
        self.errors: IO[bytes] = tempfile.TemporaryFile(dir=base)  # noqa: SIM115
        self.pid = 0
        self.pidfd = -1
        self.ending = RunEnding.EXITED
        self.is_killed = False
        self._current_unit = -1
        self._started = self._entered = monotonic()
        self._delay_before = 0.0
        self._disk_checked_at = 0.0
        self._write_code()

    def _write_code(self) -> None:
        self.run_folder.mkdir(parents=True)
        self.code.parent.mkdir(parents=True)
        lines: list[str] = []
        for unit in self.job["pieces"]:
            lines += [""] * (unit["first_line"] - 1 - len(lines))
            if unit["runs"]:
                lines += unit["source"].split("\n")
        self.code.write_text("\n".join(lines) + "\n", encoding="utf-8", errors="replace", newline="\n")

    def permissions(self) -> Permissions:
        """Return what the program may use of the machine."""
        from cards.prove.sandbox.confine import Permissions

        job = self.job
        return Permissions(
            run_folder=str(self.run_folder),
            code=str(self.code.parent),
            limits=job["limits"],
            processes=job["processes"],
            loopback=job["loopback"],
            gpu=job["gpu"],
        )

    def create_home(self) -> None:
        """Create the home, folders and files of the calling process, and enter its home."""
        home, temporary = self.run_folder / "home", self.run_folder / "tmp"
        for folder in (home, temporary, self.run_folder / "keras"):
            folder.mkdir()
        os.chdir(home)
        os.environ["HOME"] = str(home)
        os.environ["TMPDIR"] = tempfile.tempdir = str(temporary)
        for name, text in self.job["files"]:
            path = home / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", errors="replace", newline="")

    def watch_process(self, pid: int) -> None:
        """Watch the process with this id from now on."""
        self.pid = pid
        self.pidfd = os.pidfd_open(pid)
        self._started = self._entered = monotonic()

    def check(self, memory_before: int) -> None:
        """Kill the process if it has exceeded a limit."""
        if self.is_killed:
            return
        limits = self.job["limits"]
        now = monotonic()
        unit = self.shared_record.position()[0]
        if unit > self._current_unit and unit != NOT_STARTED:
            # Only forwards: code that found the shared record cannot win time by going back and forth.
            self._current_unit, self._entered = unit, now
            self._delay_before = longest_run_delay(self.pid)
        memory, tasks = self._resources(memory_before)
        if self._is_too_late(now - self._entered):
            self._stop(RunEnding.TIMED_OUT)
        elif memory > limits["memory_bytes"]:
            self._stop(RunEnding.MEMORY)
        elif tasks > limits["tasks"]:
            self._stop(RunEnding.TASKS)
        elif self._printed() > limits["output_bytes"]:
            self._stop(RunEnding.OUTPUT)
        elif now - self._disk_checked_at > 0.1:
            self._disk_checked_at = now
            if folder_size(self.run_folder, limits["disk_bytes"]) > limits["disk_bytes"]:
                self._stop(RunEnding.DISK)

    def _is_too_late(self, passed_seconds: float) -> bool:
        allowed_seconds = self._allowed_seconds()
        if passed_seconds <= allowed_seconds:
            return False
        delay_seconds = longest_run_delay(self.pid) - self._delay_before
        return is_too_late(allowed_seconds, passed_seconds, delay_seconds)

    def _allowed_seconds(self) -> float:
        if self._current_unit < 0:
            return _PREPARATION_SECONDS
        units = self.job["pieces"]
        return units[min(self._current_unit, len(units) - 1)]["timeout_seconds"]

    def _resources(self, memory_before: int) -> tuple[int, int]:
        """Return the bytes that the process and its descendants hold, and their threads and processes."""
        memory, tasks = _resources_of(self.pid)
        if self.job["processes"]:
            descendant_pids = descendants(self.pid)
            if len(descendant_pids) > _MOST_PROCESSES:
                return 0, self.job["limits"]["tasks"] + 1
            for pid in descendant_pids:
                more_memory, more_tasks = _resources_of(pid)
                memory += max(0, more_memory - memory_before)
                tasks += more_tasks
        return memory - memory_before, tasks

    def _printed(self) -> int:
        return max(os.fstat(self.output.fileno()).st_size, os.fstat(self.errors.fileno()).st_size)

    def _stop(self, ending: RunEnding) -> None:
        self.ending = ending
        self.kill()

    def kill(self) -> None:
        """Kill the process and its group; nothing that it does can delay this."""
        self.is_killed = True
        with suppress(OSError):
            os.killpg(self.pid, signal.SIGKILL)
        with suppress(OSError):
            signal.pidfd_send_signal(self.pidfd, signal.SIGKILL)

    def reap_and_report(self, confinement: str) -> RunReport:
        """Reap the ended process, remove its files and return its report."""
        code = self._reap()
        seconds = monotonic() - self._started
        if self.ending is RunEnding.EXITED and code < 0:
            self.ending = RunEnding.SIGNAL
        if self._printed() > self.job["limits"]["output_bytes"]:
            # It may have been quicker than the watching, up to the limit for files.
            self.ending = RunEnding.OUTPUT
        unit, statement, waiting = self.shared_record.position()
        records = self.shared_record.records()
        trouble = ""
        if unit == NOT_STARTED:
            # Once guide code runs, whatever goes wrong may be its doing.
            trouble_record = records.pop() if records and records[-1].startswith('{"trouble"') else ""
            trouble = (
                json.loads(trouble_record)["trouble"]
                if trouble_record
                else "the process ended before it was ready"
            )
        report: RunReport = {
            "number": self.job["number"],
            "ending": self.ending.value,
            "status": abs(code),
            "finished": code == 0
            and self.ending is RunEnding.EXITED
            and self.shared_record.has_secret(self.secret),
            "piece": unit,
            "statement": statement,
            "waiting": waiting,
            "records": records,
            "output": self._read_start(self.output),
            "errors": self._read_start(self.errors),
            "seconds": seconds,
            "confinement": confinement,
            "base": str(self.base),
            "trouble": trouble,
        }
        self.shared_record.close()
        remove_folder(self.run_folder)
        remove_folder(self.code.parent)
        return report

    def _reap(self) -> int:
        _, status = os.waitpid(self.pid, 0)
        with suppress(OSError):
            os.killpg(self.pid, signal.SIGKILL)
        os.close(self.pidfd)
        return os.waitstatus_to_exitcode(status)

    def _read_start(self, file: IO[bytes]) -> str:
        """Return the first bytes of an output file, one character a byte, and close it."""
        with file:
            size = file.seek(0, os.SEEK_END)
            file.seek(0)
            found = file.read(min(size, _MOST_OUTPUT_BYTES))
        return found.decode("latin-1")


def _resources_of(pid: int) -> tuple[int, int]:
    memory = tasks = 0
    with suppress(OSError), open(f"/proc/{pid}/status", "rb") as file:  # noqa: PTH123 - 40 times a second
        for line in file:
            if line.startswith((b"RssAnon:", b"RssShmem:")):
                memory += int(line.split()[1]) * 1024
            elif line.startswith(b"Threads:"):
                tasks = int(line.split()[1])
    return memory, tasks
