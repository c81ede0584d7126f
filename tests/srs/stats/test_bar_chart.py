from __future__ import annotations

from srs.stats.bar_chart import bar_chart


def test_a_chart_has_a_bar_for_each_value_or_averages_them() -> None:
    assert bar_chart([0, 1, 4, 8], 8, 10) == " ▁▄█"
    assert bar_chart([0, 8, 8, 8], 8, 2) == "▄█"
