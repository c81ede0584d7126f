"""Draw the screens of a mock interview at any width."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from srs.interview.interview_question import QuestionKind
from srs.screen.full_screen import (
    WIDE_COLUMNS,
    DrawnScreen,
    fill_screen,
    head_line,
    key_line,
    key_list,
    text_columns,
)
from srs.screen.line.screen_line import ScreenLine, behind, joined, set_in, styled
from srs.screen.side_view import SideLook, side_lines, titled_rule

if TYPE_CHECKING:
    from datetime import timedelta

    from srs.interview.interview_question import InterviewQuestion
    from srs.screen.line.text_screen import TextScreen
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


def draw_interview(screen: TextScreen, view: InterviewView) -> DrawnScreen:
    """Return the whole screen for a view: the question, and below it what was typed or the points."""
    width = text_columns(screen)
    look = SideLook(has_weights=screen.takes_escapes)
    back = _checklist(view, width - 4, look) if view.answer.is_checked else []
    return fill_screen(
        screen,
        set_in(_header(view, width - 2), 1),
        set_in(_asked(view, width - 4, look), 2),
        set_in(back, 2),
        set_in(_footer(view, width - 2), 1),
        view.scroll,
    )


def clock_text(took: timedelta, minutes: int) -> str:
    """Return the time used and the time there is."""
    seconds = max(0, int(took.total_seconds()))
    return f"{seconds // 60}:{seconds % 60:02d} of {minutes}:00"


def _header(view: InterviewView, width: int) -> list[ScreenLine]:
    is_late = view.took.total_seconds() >= 60 * view.minutes
    clock = styled(clock_text(view.took, view.minutes), "bold red" if is_late else "dim")
    section = styled(view.question.section, "dim").clipped(width) if view.question.section else []
    top = head_line(styled(view.place, "bold"), clock, width)
    return [top, *section, ScreenLine()]


def _asked(view: InterviewView, width: int, look: SideLook) -> list[ScreenLine]:
    question, answer = view.question, view.answer
    lines = styled(question.words, "bold").wrapped(width)
    if question.front:
        lines += [ScreenLine(), *side_lines(question.front, dict(question.paint), width, look)]
    if answer.typed:
        lines.append(ScreenLine())
        for line in answer.typed.split("\n"):
            lines += behind(styled("> ", "bold"), styled(line, "cyan").wrapped(width - 2))
    return lines


def _checklist(view: InterviewView, width: int, look: SideLook) -> list[ScreenLine]:
    question, said = view.question, view.answer.said
    title = "What is checked" if question.kind is QuestionKind.TASK else "Tick what you said"
    lines = [ScreenLine(), *_titled(title, width)]
    columns = len(f"{len(question.points)}")
    for place, point in enumerate(question.points):
        tick = styled("✓ ", "bold green") if place in said else styled("· ", "dim")
        mark = joined(styled(f"{place + 1:<{columns}} ", "bold"), tick)
        lines += behind(mark, styled(point.words).wrapped(width - mark.width))
    if question.back:
        lines += [ScreenLine(), *_titled("the reference answer", width)]
        lines += side_lines(question.back, dict(question.paint), width, look)
    if question.source:
        lines += [ScreenLine(), *styled(question.source, "dim").wrapped(width)]
    return lines


def _titled(title: str, width: int) -> list[ScreenLine]:
    return [*styled(titled_rule(title, width), "dim").wrapped(width), ScreenLine()]


def _footer(view: InterviewView, width: int) -> list[ScreenLine]:
    message = styled(view.message or " ", "italic").clipped(width)
    rule = styled("─" * width, "dim")
    return [*message, rule, key_line(_keys(view, width + 2), width), ScreenLine()]


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


def interview_help(width: int) -> list[ScreenLine]:
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
    return key_list(rows, width)
