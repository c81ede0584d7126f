"""The limits beyond which a program is stopped."""

from __future__ import annotations

from typing import TypedDict


class RunLimits(TypedDict):
    """The limits beyond which a program is stopped."""

    memory_bytes: int
    output_bytes: int
    disk_bytes: int
    tasks: int
    """Processes and threads together."""
