"""A chart of shares in a few lines of text."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_BLOCKS = " ▁▂▃▄▅▆▇█"
_EIGHTHS = len(_BLOCKS) - 1


def area_chart(shares: Sequence[float], width: int, height: int) -> list[str]:
    """Return lines, the upper ones first, with a column for each share from 0 to 1.

    Where there are more shares than columns, a column stands for the mean of some.
    """
    columns = min(width, len(shares))
    parts = [
        shares[column * len(shares) // columns : (column + 1) * len(shares) // columns]
        for column in range(columns)
    ]
    filled = [_eighths(sum(part) / len(part), height) for part in parts]
    return [
        "".join(_BLOCKS[min(_EIGHTHS, max(0, eighths - _EIGHTHS * row))] for eighths in filled)
        for row in reversed(range(height))
    ]


def _eighths(share: float, height: int) -> int:
    """Return how many eighths of a line a column is high; what is more than nothing is seen."""
    return max(1 if share > 0 else 0, round(min(1.0, share) * height * _EIGHTHS))
