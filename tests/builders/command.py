"""The command as a process of its own, for what only a real process can show."""

from __future__ import annotations

import os
import subprocess
import sys

from tests.builders.place import ROOT

COMMAND = [sys.executable, "-c", "from srs.cli import main; main()"]


def environment(**more: str) -> dict[str, str]:
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


def started(*arguments: str, **more: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [*COMMAND, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(**more),
    )
