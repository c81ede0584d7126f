"""Places in files, by line."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A range of lines in a file: 1-based, both ends included."""

    path: str
    first: int
    last: int

    def __str__(self) -> str:
        return f"{self.path}:{self.first}"


NOWHERE = Span("", 0, 0)
"""The span of what did not come from a file."""
