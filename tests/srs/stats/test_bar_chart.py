from __future__ import annotations

from srs.stats.area_chart import area_chart
from srs.stats.bar_chart import bar_chart


def test_a_chart_has_a_bar_for_each_value_or_averages_them() -> None:
    assert bar_chart([0, 1, 4, 8], 8, 10) == " ▁▄█"
    assert bar_chart([0, 8, 8, 8], 8, 2) == "▄█"


def test_an_area_has_a_column_for_each_share_and_its_lowest_line_is_the_last() -> None:
    assert area_chart([0.0, 0.01, 0.25, 0.5, 0.75, 1.0], 10, 2) == ["    ▄█", " ▁▄███"]
    assert area_chart([0.0, 1.0, 1.0, 1.0], 2, 1) == ["▄█"]
    assert area_chart([], 10, 2) == ["", ""]
