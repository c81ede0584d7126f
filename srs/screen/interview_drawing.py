"""Draw the screens of a mock interview at any width."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rich.console import Group
from rich.padding import Padding
from rich.table import Table as Grid
from rich.text import Text

from srs.interview.interview_question import QuestionKind
from srs.screen.full_screen import WIDE_COLUMNS, DrawnScreen, fill_screen, key_line, text_columns
from srs.screen.side_view import side_blocks, titled_rule

if TYPE_CHECKING:
    from datetime import timedelta

    from rich.console import Console, RenderableType

    from srs.interview.interview_question import InterviewQuestion
    from srs.sitting.mock_interview import CurrentAnswer


class InterviewView(NamedTuple):
    """Input of `draw_interview`: everything the screen shows."""

    question: InterviewQuestion
    place: str
    """Where in the interview it stands, in words."""
    answer: CurrentAnswer
    took: timedelta
    minutes: int
    message: str = ""
    scroll: int = 0
    opens_editor: bool = False
    """The task can be written in an editor, and run."""


def draw_interview(console: Console, view: InterviewView) -> DrawnScreen:
    """Return the whole screen for a view: the question, and below it what was typed or the points."""
    measure = text_columns(console)
    back = _checklist(view, measure) if view.answer.is_checked else None
    return fill_screen(
        console, _header(view), _asked(view, measure), back, _footer(view, measure), view.scroll
    )


def clock_text(took: timedelta, minutes: int) -> str:
    """Return the time used and the time there is."""
    seconds = max(0, int(took.total_seconds()))
    return f"{seconds // 60}:{seconds % 60:02d} of {minutes}:00"


def _header(view: InterviewView) -> RenderableType:
    top = Grid.grid(expand=True, padding=(0, 1, 0, 0))
    top.add_column(ratio=1, no_wrap=True, overflow="ellipsis")
    top.add_column(justify="right", no_wrap=True)
    is_late = view.took.total_seconds() >= 60 * view.minutes
    top.add_row(
        Text(view.place, "bold"),
        Text(clock_text(view.took, view.minutes), "bold red" if is_late else "dim"),
    )
    section = Text(view.question.section, "dim", no_wrap=True, overflow="ellipsis")
    return Padding(Group(top, *([section] if view.question.section else []), Text("")), (0, 1))


def _asked(view: InterviewView, width: int) -> list[RenderableType]:
    question, answer = view.question, view.answer
    parts: list[RenderableType] = [Padding(Text(question.words, "bold"), (0, 2))]
    if question.front:
        shown = side_blocks(question.front, dict(question.paint), width - 4)
        parts.append(Padding(Group(Text(""), *shown), (0, 2)))
    if answer.typed:
        grid = Grid.grid(padding=(0, 1, 0, 0))
        grid.add_column(no_wrap=True)
        grid.add_column(overflow="fold")
        for line in answer.typed.split("\n"):
            grid.add_row(Text(">", "bold"), Text(line, "cyan"))
        parts.append(Padding(Group(Text(""), grid), (0, 2)))
    return parts


def _checklist(view: InterviewView, width: int) -> RenderableType:
    question, said = view.question, view.answer.said
    grid = Grid.grid(padding=(0, 1, 0, 0))
    grid.add_column(no_wrap=True)
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    for place, point in enumerate(question.points):
        mark = Text("✓", "bold green") if place in said else Text("·", "dim")
        grid.add_row(Text(str(place + 1), "bold"), mark, Text(point.words))
    title = "What is checked" if question.kind is QuestionKind.TASK else "Tick what you said"
    parts: list[RenderableType] = [Text(""), Text(titled_rule(title, width - 4), "dim"), Text(""), grid]
    if question.back:
        parts += [Text(""), Text(titled_rule("the reference answer", width - 4), "dim"), Text("")]
        parts += side_blocks(question.back, dict(question.paint), width - 4)
    if question.source:
        parts += [Text(""), Text(question.source, "dim", overflow="fold")]
    return Padding(Group(*parts), (0, 2))


def _footer(view: InterviewView, width: int) -> RenderableType:
    message = Text(view.message or " ", "italic", no_wrap=True, overflow="ellipsis")
    rule = Text("─" * (width - 2), "dim")
    return Padding(Group(message, rule, key_line(_keys(view, width), width - 2), Text("")), (0, 1))


def _keys(view: InterviewView, width: int) -> list[tuple[str, str]]:
    is_wide = width >= WIDE_COLUMNS
    if view.answer.is_checked:
        most = len(view.question.points)
        keys = [(f"1–{most}" if most > 1 else "1", "said"), ("a", "all"), ("Space", "next")]  # noqa: RUF001
        return [*keys, ("u", "back"), ("?", "keys"), ("q", "stop")] if is_wide else [*keys, ("?", "keys")]
    if view.opens_editor:
        keys = [("Enter", "write it"), ("Space", "the answer")]
        keys = keys if is_wide else [("Enter", "write"), ("Space", "answer")]
    else:
        keys = [("Space", "I have said it"), ("Enter", "type key words")]
        keys = keys if is_wide else [("Space", "said"), ("Enter", "type")]
    return [*keys, *([("u", "undo")] if is_wide else []), ("?", "keys"), ("q", "stop")]


def interview_help() -> RenderableType:
    """Return the list of keys."""
    rows = [
        ("", "Answer aloud, as to a person."),
        ("Space", "show the points; then the next question"),
        ("Enter", "type key words, or write the code"),
        ("1 to 9", "tick a point that you said"),
        ("a n", "tick all, or none"),
        ("u", "back, as often as you like"),
        ("↑ ↓", "scroll"),
        ("q", "stop; what was ticked is saved"),
    ]
    grid = Grid.grid(padding=(0, 2))
    grid.add_column(justify="right", no_wrap=True)
    grid.add_column()
    for key, meaning in rows:
        grid.add_row(Text(key, "bold"), meaning)
    return Padding(
        Group(Text("Keys", "bold"), Text(""), grid, Text(""), Text("any key goes back", "dim")), (1, 2)
    )
