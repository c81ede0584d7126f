"""Plays keys to a sitting on a screen of 80 by 24, and keeps what each key found there."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from tests.builders.console import console, text_of

if TYPE_CHECKING:
    from srs.sitting.sitting import Sitting


class KeyPlayer:
    """Keys from a list, the screen that they are pressed at, and the sitting that they are for."""

    sitting: Sitting

    def __init__(self, keys: str) -> None:
        self.console = console(80, 24)
        self.screens: list[str] = []
        self._keys = iter(keys.split())

    def read(self, other: int = -1, *, seconds: float | None = None) -> str:  # noqa: ARG002 - what else is waited for comes as a key
        self.screens.append(text_of(self.console))
        self.console.file = io.StringIO()
        return next(self._keys, "ended")

    @property
    def last(self) -> str:
        return self.screens[-1]

    @property
    def grades(self) -> list[int | None]:
        return [step.grade for step in self.sitting.state.steps]
