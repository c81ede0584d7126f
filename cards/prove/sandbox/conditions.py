"""Gives a run another clock, host name and number of cores than this machine has.

The hash seed, the time zone and the user's name are other ones too: they are variables of the environment
that the process was started with (`cards.prove.sandbox.environment`).
"""

from __future__ import annotations

import os
import platform
import socket
import sys
from contextlib import suppress
from enum import StrEnum

_SECONDS_LATER = 403 * 24 * 3600 + 7 * 3600 + 13 * 60 + 29
"""Another year, month, day, weekday, hour, minute and second."""
_HOST = "elsewhere"


class RunConditions(StrEnum):
    """What surrounds a run and must not decide what code prints: hashes, clock, time zone, host, cores."""

    FIRST = "first"
    """Those of this machine, with hashes that are always the same."""
    SECOND = "second"
    """Others, as far as code can see them."""


def apply_conditions(conditions: str) -> None:
    """Make this process see the conditions of its run; those of this machine stay as they are."""
    if conditions == RunConditions.SECOND:
        _move_clock()
        _rename_host()
        _change_core_count()


def load_clock() -> None:
    """Import what moves the clock, where it is installed; a process that forks does so once for all."""
    if "time_machine" in sys.modules:
        return
    # It would load pytest for its fixture, which takes longer than most programs do.
    pytest = sys.modules.get("pytest")
    sys.modules["pytest"] = None  # type: ignore[assignment]
    with suppress(ImportError):
        import time_machine  # noqa: F401 - it stays in `sys.modules`
    del sys.modules["pytest"]
    if pytest is not None:
        sys.modules["pytest"] = pytest


def _move_clock() -> None:
    load_clock()
    # Another interpreter may lack the package; there the time zone alone is another one.
    with suppress(ImportError):
        import time

        import time_machine

        time_machine.travel(time.time() + _SECONDS_LATER, tick=True).start()


def _rename_host() -> None:
    socket.gethostname = lambda: _HOST
    if hasattr(os, "uname"):
        real = os.uname()
        renamed = os.uname_result((real.sysname, _HOST, *real[2:]))
        os.uname = lambda: renamed
    # It may have been asked for its name already.
    vars(platform)["_uname_cache"] = None


def _change_core_count() -> None:
    count = 2 * (os.cpu_count() or 1) + 1
    for name in ("cpu_count", "process_cpu_count"):
        if hasattr(os, name):
            setattr(os, name, lambda: count)
    if hasattr(os, "sched_getaffinity"):
        os.sched_getaffinity = lambda _pid, /: set(range(count))
