"""Runs what code left to be done at Python's end, and records which snippet's output it is.

Handlers of `atexit` and `weakref.finalize` run, the last registered first. Where code defines `__del__`, its
names are dropped as Python drops them; finalizers of anything else do not run.
"""

# ruff: noqa: BLE001, S110, SIM105, SLF001 - guide code may raise anything; atexit shows its handlers to nobody else

from __future__ import annotations

import atexit
import builtins
import gc
import weakref
from typing import TYPE_CHECKING

from cards.prove.process.json_text import json_bytes

# Functions defined below see these builtins, whatever guide code does to the real ones.
globals()["__builtins__"] = dict(vars(builtins))

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from cards.prove.process.shared_record import SharedRecord

_register = atexit.register
_count_handlers = atexit._ncallbacks
_clear_handlers = atexit._clear
_run_handlers = atexit._run_exitfuncs
_collect_garbage = gc.collect


class ExitHandlers:
    """The exit handlers that a program registers, each the business of the unit that did so."""

    def __init__(self, shared_record: SharedRecord, offset: Callable[[], int | None]) -> None:
        self._shared_record = shared_record
        self._offset = offset
        """How many bytes have been printed."""
        self._known = 0
        self._is_ending = False
        self._unit = -1
        self._start: int | None = None
        # What the libraries registered at their import is no output of the program, and costs time.
        _clear_handlers()
        _forget_finalizers()

    def note_unit(self, unit: int) -> None:
        """Note that handlers registered since the last call belong to a unit."""
        if _count_handlers() != self._known:
            # Handlers run from the last to the first: this one runs just before the unit's own.
            _register(self._begin_unit, unit)
        self._known = _count_handlers()

    def run(self, last_unit: int) -> None:
        """Run all handlers; those that no unit is known for belong to the last one."""
        self._is_ending = True
        if not _count_handlers():
            return
        self._begin_unit(last_unit)
        try:
            _run_handlers()
        except BaseException:
            pass
        self._end_unit()

    def drop_names(self, namespace: dict[str, Any], unit: int) -> None:
        """Drop the names of the main module as Python does at its end, so that `__del__` runs."""
        self._begin_unit(unit)
        try:
            names = [name for name in namespace if name != "__builtins__"]
            for name in sorted(names, key=lambda name: not (name[:1] == "_" and name[1:2] != "_")):
                namespace[name] = None
            _collect_garbage()
        except BaseException:
            pass
        self._end_unit()

    def _begin_unit(self, unit: int) -> None:
        """Record that what is printed from now on belongs to a unit."""
        if self._is_ending:
            self._end_unit()
            self._unit, self._start = unit, self._offset()
            self._shared_record.set_waiting(unit)

    def _end_unit(self) -> None:
        end = self._offset()
        if self._start is not None and end is not None and end > self._start:
            record = json_bytes({"piece": self._unit, "exit": [self._start, end]})
            self._shared_record.add_record(record)
        self._start = None


def _forget_finalizers() -> None:
    """Leave the finalizers that libraries registered to their own objects."""
    registry: dict[Any, Any] = weakref.finalize._registry  # type: ignore[attr-defined]
    for finalizer in registry.values():
        finalizer.atexit = False
    # The next one is the program's first, and registers anew.
    weakref.finalize._registered_with_atexit = False  # type: ignore[attr-defined]
