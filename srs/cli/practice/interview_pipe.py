"""A mock interview through a pipe: for each question a line of key words, and a line of ticks."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

import click

from cards.card.sides import words
from cards.errors import ProofdeckError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from srs.interview.interview_question import InterviewQuestion
    from srs.sitting.mock_interview import MockInterview


def interview_lines(interview: MockInterview, lines: Iterable[str], width: int) -> None:
    """Ask the questions of an interview on standard output, and read the answers, two lines each.

    The first line holds key words, or nothing; the second the numbers of the points that were said, `all`
    or `none`, or nothing for those that the key words mean.
    """
    numbered = enumerate(lines, 1)
    while (question := interview.current()) is not None:
        click.echo("\n".join(_asked_lines(interview, question, width)))
        typed = next(numbered, None)
        if typed is None:
            return
        interview.type_words(typed[1])
        interview.check()
        click.echo("\n".join(_point_lines(question, interview.answer.said, width)))
        ticked = next(numbered, None)
        if ticked is None:
            interview.save()
            return
        interview.tick(_ticks(*ticked, question, interview.answer.said))
        interview.confirm()


def _ticks(number: int, line: str, question: InterviewQuestion, meant: frozenset[int]) -> frozenset[int]:
    """Return the places of the points that a line says."""
    text, places = line.strip().lower(), range(len(question.points))
    known = {"": meant, "all": frozenset(places), "none": frozenset[int]()}
    if text in known:
        return known[text]
    chosen = text.replace(",", " ").split()
    if not all(each.isdecimal() and int(each) - 1 in places for each in chosen):
        raise ProofdeckError(
            f"line {number}: {line.strip()!r} is no list of points; write numbers like 1 3, all, or none. "
            "The questions before it are saved."
        )
    return frozenset(int(each) - 1 for each in chosen)


def _asked_lines(interview: MockInterview, question: InterviewQuestion, width: int) -> Iterator[str]:
    place = " · ".join(filter(None, [interview.place(question), question.section]))
    yield from textwrap.wrap(place, width)
    yield from textwrap.wrap(question.words, width)
    if question.front:
        yield from _indented(words(question.front), width)


def _point_lines(question: InterviewQuestion, said: frozenset[int], width: int) -> Iterator[str]:
    for place, point in enumerate(question.points):
        mark = "✓" if place in said else "·"
        yield from textwrap.wrap(
            point.words, width, initial_indent=f"  {place + 1} {mark} ", subsequent_indent="      "
        )
    if question.back:
        yield from _indented(words(question.back), width)
    yield ""


def _indented(text: str, width: int) -> Iterator[str]:
    """Yield the lines of a text, indented; those that fit keep their own blanks, as code needs them."""
    for line in text.split("\n"):
        if len(line) > width - 4:
            yield from textwrap.wrap(line, width, initial_indent="    ", subsequent_indent="    ")
        else:
            yield f"    {line}".rstrip()
