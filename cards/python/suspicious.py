"""Names with which code could imitate a pass."""

from __future__ import annotations

import re

_SUSPICIOUS_NAMES = {
    "_getframe": "walks the interpreter's frames",
    "f_back": "walks the interpreter's frames",
    "gc": "searches the interpreter's objects",
    "ctypes": "calls C directly",
    "_exit": "ends the process behind Python's back",
    "settrace": "traces the interpreter",
    "setprofile": "traces the interpreter",
}


def suspicious_names(source: str) -> tuple[str, ...]:
    """Return the names in code with which it could fake a pass, each with what it does."""
    words = set(re.findall(r"\w+", source))
    return tuple(f"{word} {what}" for word, what in _SUSPICIOUS_NAMES.items() if word in words)
