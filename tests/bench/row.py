"""A wait of a person as a ratio to something simple that was measured in the same run."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pathlib import Path


class Row(NamedTuple):
    """One line of `docs/performance.md`."""

    wait: str
    """What somebody waits for, or what it takes."""
    anchor: str
    """What it is compared with."""
    goal: float
    """The ratio that it shall not exceed."""
    ratio: float
    absolute: str
    """The figure itself, which is that of one machine on one day."""

    @property
    def line(self) -> str:
        """The row as a line of a Markdown table."""
        met = "" if self.ratio <= self.goal else " (not met)"
        return f"| {self.wait} | {self.anchor} | {self.goal:g} | {self.ratio:.2f}{met} | {self.absolute} |"


TABLE_HEAD = "| What | Compared with | Goal, at most | Measured | Here |\n|---|---|---|---|---|"


def cpu_seconds(command: list[str], folder: Path, **settings: str) -> float:
    """Run a command in a folder and return the processor time of it and its children.

    Other work on the machine lengthens that less than the time on the wall.
    """
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    subprocess.run(command, cwd=folder, env=kept | settings, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def build_seconds(folder: Path, root: Path) -> float:
    """Build `guide.md` in its folder in a fresh process and return its processor time."""
    command = [sys.executable, "-c", "from srs.cli import main; main()", "build", "guide.md"]
    return cpu_seconds(command, folder, PROOFDECK_HOME=str(folder / "home"), PYTHONPATH=str(root))
