"""The command as a process of its own, for what only a real process can show."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from time import monotonic, sleep

from tests.builders.place import ROOT

COMMAND = [sys.executable, "-c", "from srs.cli import main; main()"]


def environment(**more: str) -> dict[str, str]:
    """Return the environment of a command: this one, but with a clock that stands still."""
    # Columns and lines are the pseudo-terminal's to say, not the test runner's.
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("PROOFDECK") and name not in {"COLUMNS", "LINES", "NO_COLOR"}
    }
    return {
        **kept,
        "PYTHONPATH": str(ROOT),
        "PROOFDECK_NOW": "2026-11-22T09:00:00+00:00",
        "TZ": "UTC",
        "TERM": "xterm-256color",
        **more,
    }


def started_command(*arguments: str, **more: str) -> subprocess.Popen[str]:
    """Start the command with pipes."""
    return subprocess.Popen(
        [*COMMAND, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(**more),
    )


def processes_with(word: str) -> list[int]:
    """Return the processes that have a word in their environment: those that were given a test's folder."""
    found = []
    for process in Path("/proc").iterdir():
        with suppress(OSError):
            if process.name.isdigit() and os.fsencode(word) in (process / "environ").read_bytes():
                found.append(int(process.name))
    return found


def processes_left(word: str, seconds: float) -> list[int]:
    """Return which of these processes are still there after at most so many seconds."""
    end = monotonic() + seconds
    while (left := processes_with(word)) and monotonic() < end:
        sleep(0.05)
    return left
