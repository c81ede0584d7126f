"""The options that a person may set for running code."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass

_MOST_WITH_THREADS = 2
_MOST_THREADS = 4


@dataclass(frozen=True, slots=True)
class Options:
    """What the person who runs code may decide about it."""

    workers: int
    """Programs under way at once; as many as there are cores is best."""
    today: str
    """ISO date that verdicts carry."""
    unconfined: bool = False
    """Run even where nothing confines the code."""
    python: str | None = None
    """Another environment's interpreter; None for this one."""
    timeout_seconds: float = 30.0
    """For each snippet that names no limit of its own."""
    memory_bytes: int = 2 << 30
    output_bytes: int = 1 << 20
    disk_bytes: int = 256 << 20
    tasks: int = 512
    """Threads, and processes where they are allowed."""
    keep_warm_minutes: float = 0.0
    """Leave a process that has TensorFlow imported for so long; 0 leaves none. Every command uses one."""
    forks: bool = sys.platform == "linux"
    """Fork from a process that has TensorFlow imported; False starts an interpreter a program."""
    without: frozenset[str] = frozenset()
    """Layers of confinement to do without, as on a machine that lacks them: landlock, seccomp, namespaces."""

    @property
    def tensorflow_threads(self) -> int:
        """The threads of each program's TensorFlow; where many programs run at once, more are in the way."""
        return 1 if self.workers > _MOST_WITH_THREADS else min(_MOST_THREADS, os.cpu_count() or 1)
