"""A bar chart in one line of text."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_BARS = " ▁▂▃▄▅▆▇█"


def bar_chart(values: Sequence[float], most: float, width: int) -> str:
    """Return a line of bars, one a value, or of averages where there are more values than columns."""
    columns = min(width, len(values))
    bars = []
    for column in range(columns):
        part = values[column * len(values) // columns : (column + 1) * len(values) // columns]
        share = sum(part) / len(part) / most if most else 0.0
        bars.append(_BARS[min(8, max(1 if share > 0 else 0, round(share * 8)))])
    return "".join(bars)
