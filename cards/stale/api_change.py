"""A call that a library no longer has, or no longer wants, and what to write instead."""

from __future__ import annotations

from typing import NamedTuple


class ApiChange(NamedTuple):
    """A call that no longer exists, and its replacement."""

    old: str
    """As the table names it."""
    replacement: str
    """What to write in its place."""

    @property
    def advice(self) -> str:
        """The replacement as a sentence."""
        return f"Instead of `{self.old}` today: {self.replacement}."
