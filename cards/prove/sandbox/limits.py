"""What one program may use of the machine before it is stopped."""

from __future__ import annotations

from typing import TypedDict


class RunLimits(TypedDict):
    """What one program may use before it is stopped."""

    memory_bytes: int
    output_bytes: int
    disk_bytes: int
    tasks: int
    """Processes and threads together."""
