"""multiprocessing's locks for one process, where it may not have the shared memory they are made of.

Data sets and thread pools of Keras take such locks without ever starting a process.
"""

from __future__ import annotations

import threading
from contextlib import suppress
from importlib import import_module
from typing import Any, ClassVar


class LocalSemLock:
    """A lock between threads with the interface of `_multiprocessing.SemLock`."""

    SEM_VALUE_MAX: ClassVar[int] = 2147483647
    _RECURSIVE = 0

    def __init__(self, kind: int, value: int, maxvalue: int, name: str, unlink: bool) -> None:  # noqa: ARG002, FBT001 - its signature
        self.kind = kind
        self.maxvalue = maxvalue
        # Without a name nothing is registered to be removed later, by yet another process.
        self.name = None
        self.handle = id(self)
        self._value = value
        self._changed = threading.Condition()
        self._owner = 0
        self._depth = 0

    def acquire(self, block: bool = True, timeout: float | None = None) -> bool:  # noqa: FBT001, FBT002 - its signature
        """Acquire the lock; return False when it was not free in time."""
        me = threading.get_ident()
        with self._changed:
            if not (self.kind == self._RECURSIVE and self._owner == me and self._depth):
                wait = 0.0 if not block else timeout
                if not self._changed.wait_for(lambda: self._value > 0, wait):
                    return False
                self._value -= 1
                self._owner = me
            self._depth += 1
            return True

    def release(self) -> None:
        """Release the lock once."""
        with self._changed:
            if self.kind == self._RECURSIVE:
                if not self._is_mine():
                    raise AssertionError("attempt to release recursive lock not owned by thread")
                self._depth -= 1
                if self._depth:
                    return
            elif self._value >= self.maxvalue:
                raise ValueError("semaphore or lock released too many times")
            else:
                self._depth = max(0, self._depth - 1)
            self._value += 1
            self._changed.notify()

    def __enter__(self) -> bool:
        return self.acquire()

    def __exit__(self, *_: object) -> None:
        self.release()

    def _is_mine(self) -> bool:
        return self._depth > 0 and self._owner == threading.get_ident()

    def _count(self) -> int:
        return self._depth

    def _get_value(self) -> int:
        return self._value

    def _is_zero(self) -> bool:
        return self._value == 0

    def _after_fork(self) -> None:
        self._depth = 0

    @classmethod
    def _rebuild(cls, *arguments: Any) -> LocalSemLock:  # noqa: ANN401 - its signature
        return cls(arguments[1], 0, arguments[2], arguments[3], False)  # noqa: FBT003 - its signature


def install() -> None:
    """Replace multiprocessing's SemLock by LocalSemLock."""
    # By name, since not every build of Python has it.
    with suppress(ImportError):
        vars(import_module("_multiprocessing"))["SemLock"] = LocalSemLock
