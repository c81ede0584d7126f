"""Charts over days in lines of text: the last year and the weeks to come, with their axes."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from rich.text import Text

from srs.stats.area_chart import area_chart

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_SHADES = "·░▒▓█"
_DAYS = ("Mon", "", "Wed", "", "Fri", "", "Sun")
_MARGIN = 4
"""Columns on the left for the axis."""
_OVERHANG = 2
"""Columns by which a label may reach beyond its chart."""
_MOST_WEEKS = 53


def year_map(by_day: Mapping[date, int], today: date, width: int) -> list[Text]:
    """Return the months, and below them a line for each weekday with a shade for each day."""
    weeks = min(_MOST_WEEKS, width - _MARGIN - _OVERHANG)
    first = _first_monday(today, weeks)
    most = max(by_day.values(), default=0)
    lines = [Text(_month_axis(first, weeks), "dim")]
    for weekday, name in enumerate(_DAYS):
        line = Text(f"{name:<{_MARGIN}}", "dim")
        for week in range(weeks):
            day = first + timedelta(days=weekday, weeks=week)
            number = by_day.get(day, 0)
            level = -(-4 * number // most) if number else 0
            line.append(" " if day > today else _SHADES[level], "green" if level else "dim")
        lines.append(line)
    return lines


def year_weeks(by_day: Mapping[date, int], today: date, width: int, height: int) -> list[Text]:
    """Return bars, one for the answers of each week of the last year, and the months below them."""
    weeks = min(_MOST_WEEKS, width - _MARGIN - _OVERHANG)
    first = _first_monday(today, weeks)
    numbers = [0] * weeks
    for day, number in by_day.items():
        week = (day - first).days // 7
        if 0 <= week < weeks:
            numbers[week] += number
    return [*_bars(numbers, height, "green"), Text(_month_axis(first, weeks), "dim")]


def _first_monday(today: date, weeks: int) -> date:
    return today - timedelta(days=today.weekday(), weeks=weeks - 1)


def _month_axis(first: date, weeks: int) -> str:
    """Return the names of months, each above the first week that begins in it."""
    mondays = [first + timedelta(weeks=week) for week in range(weeks)]
    return _axis({week: f"{day:%b}" for week, day in enumerate(mondays) if day.day <= 7}, weeks)


def forecast_chart(forecast: Sequence[int], today: date, width: int, height: int) -> list[Text]:
    """Return bars for the cards that are due on each day, and the days below them."""
    days = min(len(forecast), width - _MARGIN - _OVERHANG)
    wide = max(1, min(2, (width - _MARGIN - _OVERHANG) // days))
    labels = {number: today + timedelta(days=number) for number in range(7, days, 7)}
    named = {0: "today"} | {number * wide: f"{day.day} {day:%b}" for number, day in labels.items()}
    bars = [number for number in forecast[:days] for _ in range(wide)]
    return [*_bars(bars, height, "blue"), Text(_axis(named, days * wide), "dim")]


def _bars(numbers: Sequence[int], height: int, style: str) -> list[Text]:
    """Return bars of some lines, with the greatest number at the top of the axis."""
    most = max(numbers, default=0)
    rows = area_chart([number / most if most else 0.0 for number in numbers], len(numbers), height)
    labels = [f"{most}", *[""] * (height - 1)]
    return [
        Text.assemble((f"{label:>{_MARGIN - 1}} ", "dim"), (row.rstrip(), style))
        for label, row in zip(labels, rows, strict=True)
    ]


def _axis(labels: Mapping[int, str], columns: int) -> str:
    """Return a line with labels at columns behind the margin, without those that would touch others."""
    line = ""
    for column, label in sorted(labels.items()):
        fits = column + len(label) <= columns + _OVERHANG
        if fits and (not line or len(line) < column):
            line = f"{line:<{column}}{label}"
    return " " * _MARGIN + line
