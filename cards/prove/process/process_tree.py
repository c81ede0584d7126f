"""Finds and kills the processes that a run has started."""

from __future__ import annotations

import os
import signal
from contextlib import suppress
from pathlib import Path


def descendants(pid: int) -> list[int]:
    """Return the ids of the living descendants of a process."""
    found: list[int] = []
    pending = [pid]
    while pending:
        below = _children(pending.pop())
        found += below
        pending += below
    return found


def kill_unknown_children(known: set[int]) -> None:
    """Kill and reap all children of this process but the known ones."""
    while strays := [pid for pid in _children(os.getpid()) if pid not in known]:
        for pid in [pid for stray in strays for pid in (stray, *descendants(stray))]:
            with suppress(OSError):
                os.kill(pid, signal.SIGKILL)
        for pid in strays:
            with suppress(OSError):
                os.waitpid(pid, 0)


def _children(pid: int) -> list[int]:
    found: list[int] = []
    with suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            found += map(int, (task / "children").read_text(encoding="ascii").split())
    return found
