"""Tells whether code may print past Python: by TensorFlow's own printing, or by another process."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cards.prove.process.protocol import CodeUnit

_NATIVE_PRINT = re.compile(
    r"\.\s*print(?:_v2)?\b|\bPrint(?:V2)?\b|\bimport\b[^\n]*\bprint|\bos\.(?:write|system|popen|fdopen|dup2)\b"
    r"|\b(?:subprocess|multiprocessing|ctypes|faulthandler|getattr|vars|exec|eval|__import__|importlib)\b"
    r"|/dev/std|/proc/self/fd"
)


def may_print_natively(units: Iterable[CodeUnit]) -> bool:
    """Whether any code of a program names what writes to the error stream of the process itself."""
    return any(unit["runs"] and _NATIVE_PRINT.search(unit["source"]) for unit in units)
