"""Builds the environment variables that code is run with."""

from __future__ import annotations

import os
import site
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

from cards.prove.sandbox.account import USER_NAME
from cards.prove.sandbox.conditions import RunConditions

if TYPE_CHECKING:
    from pathlib import Path

_KEPT = ("LANG", "LANGUAGE", "TZ", "PATH", "LD_LIBRARY_PATH", "SYSTEMROOT")
_KEPT_BEGINNINGS = ("LC_", "OPENBLAS_", "NVPL_", "MKL_")
"""What says how to compute on this machine; nothing else of the person's environment gets through."""
_SECOND_CONDITIONS = {
    "PYTHONHASHSEED": "20260101",
    "TZ": "<+1245>-12:45",
    "USER": "somebody",
    "LOGNAME": "somebody",
}
"""What is otherwise in a run under the second conditions; the rest is done in the process itself."""


def child_environment(
    base: Path, keras: int, conditions: RunConditions = RunConditions.FIRST, *, threads: int
) -> dict[str, str]:
    """Return the environment variables of a process that runs code; `threads` are TensorFlow's."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name in _KEPT or name.startswith(_KEPT_BEGINNINGS)
    }
    made = {
        "HOME": str(base / "home"),
        # Keras fixes this when it is imported. So it names a folder beside each process's own.
        "KERAS_HOME": "/proc/self/cwd/../keras" if sys.platform == "linux" else str(base / "keras"),
        "TMPDIR": str(base / "tmp"),
        "USER": USER_NAME,
        "LOGNAME": USER_NAME,
        "PYTHONHASHSEED": "0",
        "PYTHONUTF8": "1",
        "PYTHONUSERBASE": _user_base(),
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "TF_NUM_INTRAOP_THREADS": str(threads),
        "TF_NUM_INTEROP_THREADS": str(threads),
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
        "CUDA_VISIBLE_DEVICES": "-1",
        "MPLBACKEND": "Agg",
        "COLUMNS": "80",
    }
    if keras == 2:
        made["TF_USE_LEGACY_KERAS"] = "1"
    if conditions is RunConditions.SECOND:
        made |= _SECOND_CONDITIONS
    return kept | made


def _user_base() -> str:
    with suppress(OSError):
        return site.getuserbase()
    return sys.prefix
