"""Splits bytes that arrive in parts into the JSON lines that they are."""

from __future__ import annotations

import json
from typing import Any


class LineBuffer:
    """Holds the beginning of a JSON line until its end has arrived."""

    __slots__ = ("_rest",)

    def __init__(self) -> None:
        self._rest = b""

    def add(self, received: bytes) -> list[Any]:
        """Return the values of the lines that these bytes complete, in order."""
        *lines, self._rest = (self._rest + received).split(b"\n")
        return [json.loads(line) for line in lines]
