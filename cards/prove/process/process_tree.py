"""What the system says of the processes that a run has started: which there are, how long they waited."""

from __future__ import annotations

import os
import signal
from contextlib import suppress
from pathlib import Path

_NANOSECONDS = 1e9
_MOST_TIMES = 5.0
"""A limit is never stretched by more: threads without number would wait for each other for ever."""


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


def longest_run_delay(pid: int) -> float:
    """Return the seconds that the thread which waited longest for a processor waited; 0 where unknown.

    In them it could not do anything, whatever it is. Source: Linux, Documentation/scheduler/sched-stats.rst.
    """
    longest = 0
    with suppress(OSError), os.scandir(f"/proc/{pid}/task") as threads:
        for thread in threads:
            with suppress(OSError, ValueError, IndexError), open(f"{thread.path}/schedstat", "rb") as file:  # noqa: PTH123
                longest = max(longest, int(file.read().split()[1]))
    return longest / _NANOSECONDS


def is_too_late(limit_seconds: float, passed_seconds: float, delay_seconds: float) -> bool:
    """Tell whether code has had its time: what a busy machine kept from it does not count."""
    return passed_seconds - delay_seconds > limit_seconds or passed_seconds > limit_seconds * _MOST_TIMES
