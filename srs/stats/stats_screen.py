"""Render the statistics for a terminal: what fits its screen, or all of them."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import wrap
from typing import TYPE_CHECKING

from rich.text import Text

from srs.stats.day_chart import forecast_chart, year_map, year_weeks
from srs.stats.figure_table import hardest_lines, number_lines, pace_lines, recall_lines, section_lines
from srs.stats.figures import by_words
from srs.stats.time_words import time_words
from srs.words import count

if TYPE_CHECKING:
    from collections.abc import Sequence

    from srs.stats.figures import Stats

_MOST_COLUMNS = 100
_BAR_LINES = 3
MORE = "`proofdeck stats --all` shows more."


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of the screen."""

    title: str
    lines: Sequence[Text]


def stats_screen(
    stats: Stats, width: int, height: int | None = None, above: Sequence[str] = ()
) -> list[Text]:
    """Return the lines of the statistics; with a height as many as fit, the more important parts first.

    `above` are sentences that come first, such as those about interviews.
    """
    width = min(width, _MOST_COLUMNS) - 1
    head = [Text(part) for line in (*above, *_totals(stats)) for part in wrap(line, width)]
    first, rest = _first_parts(stats, width, _BAR_LINES), _other_parts(stats, width)
    whole = _lines_of([*_with_year_map(first, stats, width), *rest], is_airy=True)
    if height is None or len(head) + len(whole) <= height:
        return _indented([*head, *whole])
    head = head[: max(0, height - 1)]
    return _indented([*head, *_fitting(stats, width, height - len(head))])


def _indented(lines: Sequence[Text]) -> list[Text]:
    return [Text(" ").append_text(line) if line.plain else line for line in lines]


def _lines_of(parts: Sequence[_Part], *, is_airy: bool) -> list[Text]:
    """Return the lines of some parts, each below its title, with empty lines between them or without."""
    gap = [Text("")] * is_airy
    return [line for part in parts for line in (*gap, Text(part.title, "bold"), *part.lines)]


def _fitting(stats: Stats, width: int, room: int) -> list[Text]:
    """Return what fits some lines: closer together and with lower bars where needed."""
    more = Text(MORE[:width], "dim")
    for bars, is_airy in _DENSITIES:
        parts = _first_parts(stats, width, bars)
        own = room - 1 - is_airy
        if len(_lines_of(parts, is_airy=is_airy)) <= own:
            parts = _filled(parts, stats, width, own) if is_airy else parts
            return [*_lines_of(parts, is_airy=is_airy), *[Text("")] * is_airy, more]
    while len(parts) > 1 and len(_lines_of(parts, is_airy=False)) > room - 1:
        parts = parts[:-1]
    return [*_lines_of(parts, is_airy=False)[: max(0, room - 1)], more]


_DENSITIES = ((_BAR_LINES, True), (_BAR_LINES - 1, True), (_BAR_LINES - 1, False), (1, False))
"""The lines of a chart, and whether empty lines stand between the parts."""


def _filled(parts: list[_Part], stats: Stats, width: int, room: int) -> list[_Part]:
    """Return the parts with the year by days, and with other parts, as far as there is room."""
    by_days = _with_year_map(parts, stats, width)
    if len(_lines_of(by_days, is_airy=True)) <= room:
        parts = by_days
    for part in _other_parts(stats, width):
        if len(_lines_of([*parts, part], is_airy=True)) <= room:
            parts = [*parts, part]
    return parts


def _first_parts(stats: Stats, width: int, bars: int) -> list[_Part]:
    """Return what a person looks for first: sections, the days to come, the year by weeks."""
    parts = []
    if stats.sections:
        lines = section_lines(stats.sections, width)
        known = ", known when due" if any(each.recall.reviews for each in stats.sections) else ""
        parts.append(_Part(f"By section: cards begun{known}", lines))
    if any(stats.forecast):
        title = f"Due by day: {stats.forecast[0]} today, {stats.forecast[1]} tomorrow"
        parts.append(_Part(title, forecast_chart(stats.forecast, stats.today, width, bars)))
    if stats.by_day:
        parts.append(_Part("Answers a week", year_weeks(stats.by_day, stats.today, width, bars)))
    return parts


def _with_year_map(parts: list[_Part], stats: Stats, width: int) -> list[_Part]:
    """Return the parts with the last one, the year by weeks, by days."""
    if not stats.by_day:
        return parts
    title = f"Answers a day, {max(stats.by_day.values())} at most"
    return [*parts[:-1], _Part(title, year_map(stats.by_day, stats.today, width))]


def _other_parts(stats: Stats, width: int) -> list[_Part]:
    """Return the other parts that have something to say."""
    ease = {f"{step / 100:.2f} to {(step + 19) / 100:.2f}": number for step, number in stats.ease.items()}
    parts = (
        ("Known when due, by interval", recall_lines(stats.by_age, width)),
        ("Known when due, by kind of card", recall_lines(by_words(stats.by_kind), width)),
        ("Hardest questions", hardest_lines(stats.hardest, width)),
        ("Seconds an answer", pace_lines(by_words(stats.pace), width)),
        ("Ease factors", number_lines(ease, width)),
    )
    return [_Part(title, lines) for title, lines in parts if lines]


def _totals(stats: Stats) -> list[str]:
    lines = ["Nothing was answered yet: `proofdeck review` begins."]
    if stats.answers:
        time = time_words(stats.hours)
        answers = f"{count(stats.answers, 'answer')}{f' in {time}' if time else ''}"
        lines = [f"{answers} · {count(stats.streak, 'day')} in a row, {stats.longest_streak} at most"]
    if stats.interviews:
        share = f"{stats.interview_points.share:.0%}"
        lines.append(f"{count(stats.interviews, 'mock interview')}, {share} of the points said")
    states = [f"{stats.new} new", f"{stats.young} young", f"{stats.mature} mature cards"]
    troubles = [
        f"{number} {name}"
        for number, name in (
            (stats.leeches, "leech" if stats.leeches == 1 else "leeches"),
            (stats.suspended, "suspended"),
            (stats.flagged, "flagged"),
        )
        if number
    ]
    return [*lines, " · ".join([*states, *troubles])]
