"""The report at the end of a mock interview, and the list of those before, as lines of a width."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from srs.interview.interview_report import by_section, cards_missed, questions_asked, tally
from srs.words import count, shorten

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from srs.interview.interview_question import QuestionResult
    from srs.interview.interview_report import InterviewRecord, Tally

_BAR = 20
_NARROW = 60
"""Columns below which a section has a line of its own above its bar."""


def report_lines(results: Sequence[QuestionResult], took_seconds: int, width: int) -> Iterator[str]:
    """Yield the report of an interview: what was said in each section, the points missed, what comes next."""
    width = min(width, 100)
    if not results:
        yield "Nothing was asked, so nothing is kept."
        return
    whole = tally(results)
    asked = count(questions_asked(results), "question")
    yield f"{asked} · {whole.said} of {count(whole.points, 'point')} said · {_duration(took_seconds)}"
    yield ""
    for section, found in by_section(results).items():
        yield from _section_lines(section or "Without a section", found, width)
    missed = [result for result in results if result.missed]
    yield ""
    if not missed:
        yield "Every point was said."
        return
    yield "Missed"
    for result in missed:
        yield from textwrap.wrap(result.words, width, subsequent_indent="  ")
        if result.source:
            yield f"  {result.source}"
        for point in result.missed:
            yield from textwrap.wrap(point.words, width, initial_indent="  · ", subsequent_indent="    ")
    number = len(cards_missed(results))
    if number:
        yield ""
        first = (
            f"Asked first tomorrow: {count(number, 'card')} of these points. `proofdeck review` asks them."
        )
        yield from textwrap.wrap(first, width)


def _section_lines(section: str, found: Tally, width: int) -> Iterator[str]:
    filled = round(_BAR * found.share)
    bar = f"{'━' * filled}{'─' * (_BAR - filled)} {found.said:>2} of {found.points}"
    if width < _NARROW:
        yield shorten(section, width)
        yield bar
    else:
        room = width - _BAR - 12
        yield f"{shorten(section, room):<{min(room, 48)}}  {bar}"


def history_lines(records: Sequence[InterviewRecord], width: int) -> Iterator[str]:
    """Yield the lines that list interviews, the latest first."""
    width = min(width, 100)
    for record in reversed(records):
        whole = tally(record.results)
        questions = count(questions_asked(record.results), "question")
        share = f"{whole.share:.0%}"
        weakest = min(by_section(record.results).items(), key=lambda item: item[1].share)
        line = f"{record.day}  {questions:<12}  {whole.said} of {whole.points} said, {share:>4}"
        if whole.said < whole.points:
            if width < _NARROW:
                yield line
                line = f"  weakest: {weakest[0] or 'without a section'}"
            else:
                line += f"  weakest: {weakest[0] or 'without a section'}"
        yield shorten(line, width)


def _duration(seconds: int) -> str:
    return f"{seconds // 60} min {seconds % 60:02d} s" if seconds >= 60 else f"{seconds} s"
