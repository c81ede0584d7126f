"""How much it matters to know something on the day, as its author says or a rule decides."""

from __future__ import annotations

from enum import IntEnum


class Importance(IntEnum):
    """How much it matters to know a card on the day; the number is its weight."""

    EXTRA = 1
    PLAIN = 2
    CORE = 3
