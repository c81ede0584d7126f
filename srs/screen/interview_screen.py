"""Run a mock interview on a terminal: draw, read a key, act on it. Console and keys are passed in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from srs.interview.interview_question import QuestionKind
from srs.screen.full_screen import TO_THE_ANSWER, put_on_screen, show_page
from srs.screen.interview_drawing import InterviewView, draw_interview, interview_help
from srs.screen.keys import RESIZED, STOPPING, TICK

if TYPE_CHECKING:
    from collections.abc import Callable

    from srs.interview.interview_question import CodeResult, InterviewQuestion
    from srs.screen.keys import KeyReader
    from srs.screen.line.text_screen import TextScreen
    from srs.sitting.mock_interview import MockInterview


_TICK_SECONDS = 1.0
"""The clock is drawn anew as often."""


class InterviewScreen:
    """Interactive loop of a mock interview."""

    def __init__(
        self,
        screen: TextScreen,
        keys: KeyReader,
        interview: MockInterview,
        *,
        ask_line: Callable[[str], str],
        write_code: Callable[[], CodeResult] | None = None,
    ) -> None:
        """Set up the screen; nothing is drawn yet.

        `ask_line` gets a typed line; `write_code` has the coding task written and run.
        """
        self._screen = screen
        self._keys = keys
        self._interview = interview
        self._ask_line = ask_line
        self._write_code = write_code
        self._scroll = 0
        self._max_scroll = 0

    def run(self) -> None:
        """Ask until nothing is left, the time is up, or the person stops; what was ticked is saved."""
        while (question := self._interview.current()) is not None:
            self._draw(question)
            key = self._keys.read(seconds=_TICK_SECONDS)
            if key == TICK:
                continue
            if key in STOPPING:
                self._interview.save()
                return
            self._interview.message = ""
            self._handle_key(key, question)

    def _handle_key(self, key: str, question: InterviewQuestion) -> None:
        page = self._screen.size.rows // 2
        match key:
            case "u":
                self._interview.undo()
                self._scroll = 0
            case "?":
                show_page(self._screen, self._keys, interview_help)
            case "up" | "k":
                self._scroll = max(0, self._scroll - 1)
            case "down" | "j":
                self._scroll = min(self._max_scroll, self._scroll + 1)
            case "page-up":
                self._scroll = max(0, self._scroll - page)
            case "page-down":
                self._scroll = min(self._max_scroll, self._scroll + page)
            case _ if key == RESIZED:
                pass
            case _ if self._interview.answer.is_checked:
                self._handle_tick(key, question)
            case "space":
                self._interview.check()
                self._scroll = TO_THE_ANSWER
            case "enter":
                self._take_answer(question)
            case _:
                self._interview.message = "Space shows the points; ? lists the keys."

    def _handle_tick(self, key: str, question: InterviewQuestion) -> None:
        places = range(len(question.points))
        match key:
            case "space" | "enter":
                self._interview.confirm()
                self._scroll = 0
            case "a":
                self._interview.tick(frozenset(places))
            case "n":
                self._interview.tick(frozenset())
            case _ if key.isdecimal() and int(key) - 1 in places:
                self._interview.toggle(int(key) - 1)
            case _:
                self._interview.message = "The numbers tick what you said; Space goes on."

    def _take_answer(self, question: InterviewQuestion) -> None:
        """Take typed key words, which show the points at once; of a task, the code."""
        if question.kind is QuestionKind.TASK and self._write_code is not None:
            passed, message = self._write_code()
            if passed is not None:
                self._interview.tick(passed)
                self._scroll = TO_THE_ANSWER
            self._interview.message = message or (
                "" if passed else "Nothing was run; Space shows the answer."
            )
            return
        typed = "".join(each if each.isprintable() else "\ufffd" for each in self._ask_line("> "))
        self._interview.type_words(typed)

    def _draw(self, question: InterviewQuestion) -> None:
        interview = self._interview
        view = InterviewView(
            question,
            interview.place(question),
            interview.answer,
            interview.took,
            interview.minutes,
            interview.message,
            self._scroll,
            opens_editor=question.kind is QuestionKind.TASK and self._write_code is not None,
        )
        drawn = draw_interview(self._screen, view)
        self._scroll, self._max_scroll = drawn.scroll, drawn.max_scroll
        put_on_screen(self._screen, drawn)
