"""Work on many things, shared with a copy of this process that does every second batch of them.

A copy has all that this process has, so only what it makes is brought over. What it does not deliver, since
it ended or met an error, is made here; so it changes how long the work takes and nothing else.
"""

from __future__ import annotations

import os
import signal
import sys
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from cards.held_signals import hold_signals, obey_only_the_end

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator, Sequence
    from multiprocessing.connection import Connection

Item = TypeVar("Item")
Made = TypeVar("Made")

_BATCH_SIZE = 250
"""Things that one does while the other does as many."""
_ITEMS_WORTH_A_PROCESS = 2000
"""Fewer take hardly longer than to start a process."""


def cores() -> int:
    """Return how many processes can run here side by side."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


def can_be_copied() -> bool:
    """Tell whether a copy of this process is sound: it has no threads, and is on Linux."""
    tasks = Path("/proc/self/task")  # threads of libraries are no threads of Python
    return sys.platform == "linux" and tasks.is_dir() and len([*tasks.iterdir()]) == 1


def share_work(work: Callable[[Sequence[Item]], Made], items: Sequence[Item]) -> Generator[Made, None, None]:
    """Yield what the work makes of each batch of the items, in order.

    It must be the same whoever does it, and use no open database: a connection outlives no copying.
    """
    batches = [items[start : start + _BATCH_SIZE] for start in range(0, len(items), _BATCH_SIZE)]
    if len(items) < _ITEMS_WORTH_A_PROCESS or cores() == 1 or not can_be_copied():
        yield from map(work, batches)
        return
    with _copy_at_work(work, batches[1::2]) as copy:
        for number, batch in enumerate(batches):
            made: list[Made] = _taken(copy) if number % 2 else []
            yield made[0] if made else work(batch)


@contextmanager
def _copy_at_work(
    work: Callable[[Sequence[Item]], Made], batches: Sequence[Sequence[Item]]
) -> Iterator[Connection]:
    """Yield what brings over what a copy of this process makes of each batch; it ends with the block."""
    import multiprocessing

    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_work_apart, args=(work, batches, theirs, ours), daemon=True)
    # Ctrl-C is this process's affair, and the end a silent one, also while the copy starts.
    with hold_signals(signal.SIGINT, signal.SIGTERM):
        process.start()
    try:
        theirs.close()
        yield ours
    finally:
        ours.close()
        process.terminate()
        process.join()


def _taken(copy: Connection) -> list[Made]:
    """Return what the copy made of its next batch, alone; nothing if it has ended."""
    try:
        return [copy.recv()]
    except (EOFError, OSError):
        return []


def _work_apart(
    work: Callable[[Sequence[Item]], Made],
    batches: Sequence[Sequence[Item]],
    ours: Connection,
    theirs: Connection,
) -> None:
    """Send what is made of each batch; end without a word where nobody waits, or will meet the same error."""
    obey_only_the_end()
    theirs.close()
    with suppress(Exception), ours:
        for batch in batches:
            ours.send(work(batch))
