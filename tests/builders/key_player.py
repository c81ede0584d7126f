"""Plays keys to a sitting on a screen of 80 by 24, and keeps what each key found there."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from tests.builders.text_screen import text_of, text_screen

if TYPE_CHECKING:
    from srs.sitting.sitting import Sitting


class KeyPlayer:
    """Keys from a list, the screen that they are pressed at, and the sitting that they are for."""

    sitting: Sitting

    def __init__(self, keys: str) -> None:
        self.console = text_screen(80, 24)
        self.screens: list[str] = []
        self._keys = keys.split()

    def read(self, other: int = -1, *, seconds: float | None = None) -> str:  # noqa: ARG002 - nothing is waited for
        self.screens.append(text_of(self.console))
        self.console.file = io.StringIO()
        return self._keys.pop(0) if self._keys else "ended"

    def put_back(self, keys: list[str]) -> None:
        self._keys[:0] = keys

    @property
    def last(self) -> str:
        return self.screens[-1]

    @property
    def grades(self) -> list[int | None]:
        return [step.grade for step in self.sitting.state.steps]
