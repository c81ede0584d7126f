"""Render the statistics for a terminal, at its width."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from rich.console import Group
from rich.padding import Padding
from rich.table import Table as Grid
from rich.text import Text

from srs.stats.bar_chart import bar_chart
from srs.stats.figures import recall_by_words
from srs.words import count

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rich.console import RenderableType

    from srs.stats.figures import Recall, Stats

_SHADES = "·░▒▓█"
_DAYS = ("Mon", "", "Wed", "", "Fri", "", "Sun")


def stats_screen(stats: Stats, width: int) -> RenderableType:
    """Return the statistics as a rich renderable of the given width."""
    width = min(width, 100) - 2
    parts: list[RenderableType] = [_totals(stats), *_section("The last year", _heat_map(stats, width))]
    parts += _section("Due in the next 30 days", _forecast(stats, width))
    if stats.by_age:
        parts += _section("Known when due, by the interval before", _recalls(stats.by_age, width))
        parts += _section("Known when due, by kind of card", _recalls(recall_by_words(stats.by_kind), width))
    if stats.ease:
        named = {
            f"{step / 100:.1f} to {(step + 19) / 100:.2f}": number for step, number in stats.ease.items()
        }
        parts += _section("Ease factors", _bars(named, width))
    if stats.pace:
        parts += _section("Seconds an answer", _pace(stats))
    if stats.hardest:
        parts += _section("Hardest topics", _hardest(stats))
    return Padding(Group(*parts), (0, 1))


def _section(title: str, content: RenderableType) -> list[RenderableType]:
    return [Text(""), Text(title, "bold"), content]


def _totals(stats: Stats) -> RenderableType:
    lines = ["Nothing was answered yet: `proofdeck review` begins."]
    if stats.answers:
        lines = [
            f"{count(stats.answers, 'answer')} in {stats.hours:.1f} hours",
            f"{count(stats.streak, 'day')} in a row, {stats.longest_streak} at most",
        ]
    if stats.interviews:
        share = f"{stats.interview_points.share:.0%}"
        lines.append(f"{count(stats.interviews, 'mock interview')}, {share} of the points said")
    lines += [
        f"{stats.new} new · {stats.young} young · {stats.mature} mature cards",
    ]
    troubles = [
        f"{number} {name}"
        for number, name in (
            (stats.leeches, "leech" if stats.leeches == 1 else "leeches"),
            (stats.suspended, "suspended"),
            (stats.flagged, "flagged"),
        )
        if number
    ]
    return Text("\n".join([*lines, *([" · ".join(troubles)] if troubles else [])]))


def _heat_map(stats: Stats, width: int) -> RenderableType:
    weeks = min(53, width - 4)
    most = max(stats.by_day.values(), default=0)
    first = stats.today - timedelta(days=stats.today.weekday(), weeks=weeks - 1)
    lines = Text()
    for weekday, name in enumerate(_DAYS):
        lines.append(f"{name:<4}", "dim")
        for week in range(weeks):
            day = first + timedelta(days=weekday, weeks=week)
            number = stats.by_day.get(day, 0)
            level = -(-4 * number // most) if number else 0
            lines.append(" " if day > stats.today else _SHADES[level], "green" if level else "dim")
        if weekday < 6:
            lines.append("\n")
    return lines


def _forecast(stats: Stats, width: int) -> RenderableType:
    most = max(stats.forecast)
    if not most:
        return Text("nothing", "dim")
    day = max(1, min(2, width // len(stats.forecast)))
    bars = "".join(bar * day for bar in bar_chart([float(number) for number in stats.forecast], most, 30))
    return Text.assemble(
        (bars, "blue"),
        (f"\ntoday {stats.forecast[0]} · tomorrow {stats.forecast[1]} · at most {most}", "dim"),
    )


def _recalls(recalls: Mapping[str, Recall], width: int) -> RenderableType:
    grid = Grid.grid(padding=(0, 1))
    room = max(8, min(40, width - 38))
    for name, recall in recalls.items():
        filled = round(room * recall.share)
        bar = Text.assemble(("━" * filled, "green"), ("─" * (room - filled), "dim"))
        grid.add_row(name, bar, Text(f"{recall.share:.0%}"), Text(f"{recall.reviews}", "dim"))
    return grid


def _bars(numbers: Mapping[str, int], width: int) -> RenderableType:
    grid = Grid.grid(padding=(0, 1))
    room = max(8, min(40, width - 24))
    most = max(numbers.values())
    for name, number in numbers.items():
        grid.add_row(name, Text("━" * max(1, round(room * number / most)), "blue"), Text(str(number), "dim"))
    return grid


def _pace(stats: Stats) -> RenderableType:
    grid = Grid.grid(padding=(0, 2, 0, 0))
    for name, pace in stats.pace.items():
        grid.add_row(name, f"{pace.median_seconds:g}", Text(f"one in ten over {pace.slow_seconds:g}", "dim"))
    return grid


def _hardest(stats: Stats) -> RenderableType:
    grid = Grid.grid(padding=(0, 2, 0, 0))
    grid.add_column(justify="right", no_wrap=True)
    grid.add_column(overflow="fold")
    for topic in stats.hardest:
        grid.add_row(
            f"{topic.recall.share:.0%}",
            Text.assemble(topic.question.replace("-", " "), (f"\n{topic.source}", "dim")),
        )
    return grid
