"""Signals that end a command in good order."""

from __future__ import annotations

import signal
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

_NAMES = ("SIGTERM", "SIGHUP")
"""The second one is that of a closed window; Windows has none."""


@contextmanager
def endings_as_interrupts() -> Iterator[None]:
    """Let SIGTERM and a closed window end the block as Ctrl-C does: files are closed, nothing is left beside.

    A signal that somebody chose to ignore (`nohup`) stays ignored.
    """
    before = {}
    # Only the main thread may set them.
    try:
        for number in (getattr(signal, name) for name in _NAMES if hasattr(signal, name)):
            if signal.getsignal(number) is signal.SIG_DFL:
                before[number] = signal.signal(number, _interrupt)
    except ValueError:
        pass
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
