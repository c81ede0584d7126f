"""The names through which code reaches the interpreter's inside, and so whatever runs it.

One list for all: the prover flags a guide's code that uses them, `practice` refuses an answer that does.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_FRAMES = "walks the interpreter's frames"
_OBJECTS = "searches the interpreter's objects"
_C_CALLS = "calls C directly"
_TRACES = "traces the interpreter"
_MEMORY = "maps memory"
_EXITS = "ends the process behind Python's back"
_BUILTINS = "reaches the builtins"
_PROVER = "imports what proves it"

INTERNAL_NAMES: Mapping[str, str] = MappingProxyType(
    dict.fromkeys(
        (
            "_current_exceptions", "_current_frames", "_getframe", "ag_frame", "cr_frame", "currentframe",
            "f_back", "f_builtins", "f_globals", "f_locals", "getinnerframes", "getouterframes", "gi_frame",
            "tb_frame", "walk_stack", "walk_tb",
        ),
        _FRAMES,
    )
    | dict.fromkeys(("get_objects", "get_referents", "get_referrers"), _OBJECTS)
    | dict.fromkeys(("ctypeslib", "pythonapi"), _C_CALLS)
    | dict.fromkeys(("setprofile", "settrace", "setprofile_all_threads", "settrace_all_threads"), _TRACES)
    | {"_exit": _EXITS, "__builtins__": _BUILTINS}
)  # fmt: skip
"""Attributes that mean this of any object, each with what they are used for."""

MODULE_NAMES: Mapping[tuple[str, str], str] = MappingProxyType(
    {
        ("inspect", "stack"): _FRAMES,
        ("inspect", "trace"): _FRAMES,
        ("sys", "monitoring"): _TRACES,
    }
)
"""Attributes that mean this only of one module."""

INTERNAL_MODULES: Mapping[str, str] = MappingProxyType(
    dict.fromkeys(("_ctypes", "cffi", "ctypes"), _C_CALLS) | {"mmap": _MEMORY, "cards.prove": _PROVER}
)
"""Modules whose import is enough."""

INTERPRETER_MODULES = frozenset({
    "_thread", "builtins", "ctypes", "gc", "inspect", "os", "posix", "sys", "threading", "traceback",
})  # fmt: skip
"""Modules that hold such names: a computed name may be one of them."""
