"""How long a process waited for a processor: time in which it could not do anything, whatever it is.

Source: Linux, Documentation/scheduler/sched-stats.rst (`/proc/PID/task/TID/schedstat`).
"""

from __future__ import annotations

import os
from contextlib import suppress

_NANOSECONDS = 1e9
_MOST_TIMES = 5.0
"""A limit is never stretched by more: threads without number would wait for each other for ever."""


def longest_run_delay(pid: int) -> float:
    """Return the seconds that the thread which waited longest for a processor waited; 0 where unknown."""
    longest = 0
    with suppress(OSError), os.scandir(f"/proc/{pid}/task") as threads:
        for thread in threads:
            with suppress(OSError, ValueError, IndexError), open(f"{thread.path}/schedstat", "rb") as file:  # noqa: PTH123
                longest = max(longest, int(file.read().split()[1]))
    return longest / _NANOSECONDS


def is_too_late(limit_seconds: float, passed_seconds: float, delay_seconds: float) -> bool:
    """Tell whether code has had its time: what a busy machine kept from it does not count."""
    return passed_seconds - delay_seconds > limit_seconds or passed_seconds > limit_seconds * _MOST_TIMES
