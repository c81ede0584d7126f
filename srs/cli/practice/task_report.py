"""Report tasks and attempts, as lines of text and as JSON."""

from __future__ import annotations

import textwrap
from difflib import unified_diff
from itertools import dropwhile, groupby
from typing import TYPE_CHECKING

import click

from srs.words import count

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from cards.answer.task import Task
    from cards.answer.task_answer import CheckResult, TaskResult
    from srs.store.attempts import TaskHistory

_WIDTH = 96
_LEAST_TITLE_COLUMNS = 20
_PRINTED_LINES = 12


def task_lines(
    tasks: Sequence[Task], tried: Mapping[tuple[str, str], TaskHistory], today: date, width: int
) -> Iterator[str]:
    """Yield the lines that list the tasks by section, each with its attempts; a long title stands below."""
    name_width = max((len(task.slug) for task in tasks), default=0)
    for number, (section, group) in enumerate(groupby(tasks, key=lambda task: task.section)):
        if number:
            yield ""
        yield click.style(section or "Tasks", bold=True)
        for task in group:
            before = tried.get((task.guide, task.slug))
            mark = " " if before is None else "✓" if before.done else "·"
            state = f"  {_history_text(before, today)}" if before else ""
            colour = "green" if before and before.done else None
            name = f"{click.style(mark, fg=colour)} {task.slug:<{name_width}}"
            room = width - name_width - len(state) - 6
            if room >= _LEAST_TITLE_COLUMNS:
                title = textwrap.shorten(task.title, room, placeholder="…")
                yield f"{name}  {title}{click.style(state, dim=True)}"
            else:
                yield name.rstrip()
                told = f"{task.title}{state}"
                yield from textwrap.wrap(told, width, initial_indent="    ", subsequent_indent="    ")


def _history_text(tried: TaskHistory, today: date) -> str:
    attempts = count(tried.attempts, "attempt")
    if tried.done:
        return f"done {_day_words(tried.done, today)}, {attempts}"
    return f"tried {_day_words(tried.last, today)}, {attempts}"


def _day_words(day: date, today: date) -> str:
    days = (today - day).days
    if days in {0, 1}:
        return ("today", "yesterday")[days]
    return f"{days} days ago" if 0 < days < 30 else f"on {day}"


def task_json(task: Task, tried: TaskHistory | None) -> dict[str, object]:
    """Return a task and its attempts as JSON values."""
    return {
        "guide": task.guide,
        "task": task.slug,
        "title": task.title,
        "section": task.section,
        "source": str(task.span),
        "demands": list(task.demands),
        "attempts": tried.attempts if tried else 0,
        "last": tried.last.isoformat() if tried else None,
        "done": tried.done.isoformat() if tried and tried.done else None,
    }


def result_lines(task: Task, marks: TaskResult) -> Iterator[str]:
    """Yield the lines that report a judged answer: its error, or a line for each check."""
    if not marks.answer.passed:
        yield _symbol_line(
            "✗", "red", "Your code does not run" if marks.answer.ran else "Your code was not run"
        )
        yield from _check_detail_lines(marks.answer)
        return
    for words, mark in zip(task.demands, marks.checks, strict=True):
        if mark.passed:
            yield _symbol_line("✓", "green", words)
        elif mark.ran:
            yield _symbol_line("✗", "red", words)
            yield from _check_detail_lines(mark)
        else:
            yield _symbol_line(" ", None, f"{words} (not reached)")
    passed = sum(mark.passed for mark in marks.checks)
    yield ""
    yield "Right: all checks pass." if marks.right else f"{passed} of {len(marks.checks)} checks pass."


def _symbol_line(mark: str, colour: str | None, words: str) -> str:
    return f"{click.style(mark, fg=colour)} {words}"


def _check_detail_lines(mark: CheckResult) -> Iterator[str]:
    where = f"your line {mark.line}: " if mark.line else ""
    for line in textwrap.wrap(where + mark.sentence, _WIDTH - 4):
        yield f"    {line}"
    printed = mark.printed.split("\n") if mark.printed else []
    for line in printed[:_PRINTED_LINES]:
        yield click.style(f"    printed: {line}", dim=True)
    if len(printed) > _PRINTED_LINES:
        yield click.style(f"    and {len(printed) - _PRINTED_LINES} more lines", dim=True)


def result_json(task: Task, marks: TaskResult) -> dict[str, object]:
    """Return the result of a judged answer as JSON values."""
    return {
        "guide": task.guide,
        "task": task.slug,
        "right": marks.right,
        "answer": _check_json(marks.answer),
        "checks": [
            {"demand": words, **_check_json(mark)}
            for words, mark in zip(task.demands, marks.checks, strict=True)
        ],
    }


def _check_json(mark: CheckResult) -> dict[str, object]:
    return {
        "passed": mark.passed,
        "ran": mark.ran,
        "sentence": mark.sentence,
        "line": mark.line or None,
        "printed": mark.printed,
    }


def diff_lines(task: Task, source: str) -> Iterator[str]:
    """Yield the diff from a learner's code, without the comments at its top, to the reference answer."""
    colours = {"+": "green", "-": "red", "@": "cyan"}
    code = list(dropwhile(lambda line: not line.strip() or line.startswith("#"), source.rstrip().split("\n")))
    reference = task.reference.source.split("\n")
    for line in unified_diff(code, reference, "yours", "reference", lineterm="", n=2):
        colour = colours.get(line[:1])
        yield click.style(line, fg=colour) if colour else line
