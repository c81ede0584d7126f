"""Whole screens of a mock interview, compared with the files in `screens/`."""

from __future__ import annotations

import io
import os
import sys
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from cards.guide.block import Code
from srs.interview.interview_question import CodeResult, InterviewQuestion, Point, QuestionKind
from srs.screen.interview_drawing import InterviewView, clock_text, draw_interview, interview_help
from srs.screen.interview_screen import InterviewScreen
from srs.sitting.mock_interview import CurrentAnswer
from tests.builders.deck import CARDS, LOOP_CODE
from tests.builders.interview import all_questions, mock_interview
from tests.builders.side import marked_side
from tests.builders.text_screen import text_of, text_screen

if TYPE_CHECKING:
    from collections.abc import Iterable

    from srs.sitting.mock_interview import MockInterview
    from srs.store.store import Store
    from tests.builders.golden import Expect

SIZES = [pytest.param(80, 24, id="80"), pytest.param(40, 20, id="40")]
TASK = InterviewQuestion(
    kind=QuestionKind.TASK,
    card=CARDS[4].id,
    words="Write one step of a training loop",
    section="Coding rounds",
    points=(Point("It returns the loss."), Point("It changes the weights.")),
    source="source/tensorflow-interview.md:50",
    front=marked_side("Write `step(x, y)`, which trains on one batch."),
    back=(Code(LOOP_CODE, "python"),),
)


def drawn(question: InterviewQuestion, width: int, height: int, **rest: object) -> str:
    view = InterviewView(
        question,
        "Question 2 of 5",
        **{"answer": CurrentAnswer(), "took": timedelta(seconds=250), "minutes": 20, **rest},  # type: ignore[arg-type]
    )
    screen = text_screen(width, height)
    screen.put(draw_interview(screen, view).lines)
    return text_of(screen)


@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.parametrize(
    ("name", "rest"),
    [
        pytest.param("interview-asked", {}, id="asked"),
        pytest.param(
            "interview-typed", {"answer": CurrentAnswer("tracing\nby line", said=frozenset())}, id="typed"
        ),
        pytest.param(
            "interview-checked",
            {"answer": CurrentAnswer("dtype", is_checked=True, said=frozenset({1})), "message": "Undone."},
            id="checked",
        ),
    ],
)
def test_a_question_fills_the_screen(
    store: Store, expect: Expect, width: int, height: int, name: str, rest: dict[str, object]
) -> None:
    screen = drawn(all_questions(store)[0], width, height, **rest)
    assert screen.count("\n") == height - 1
    assert max(map(len, screen.split("\n"))) <= width
    expect(f"{name}-{width}", f"{screen}\n")


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_a_task_shows_what_is_checked_and_the_reference(expect: Expect, width: int, height: int) -> None:
    expect(f"interview-task-{width}", drawn(TASK, width, height, opens_editor=True) + "\n")
    checked = CurrentAnswer(is_checked=True, said=frozenset({0}))
    expect(f"interview-reference-{width}", drawn(TASK, width, height, answer=checked, scroll=4) + "\n")


@pytest.mark.parametrize("width", [20, 40, 41, 60, 100, 200])
@pytest.mark.parametrize("height", [5, 10, 60])
def test_no_size_breaks_a_screen(width: int, height: int) -> None:
    screen = drawn(TASK, width, height, answer=CurrentAnswer("x" * 300, is_checked=True))
    assert screen.count("\n") == height - 1
    assert max(map(len, screen.split("\n"))) <= width


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_the_keys_are_listed(expect: Expect, width: int, height: int) -> None:
    screen = text_screen(width, height)
    screen.print(interview_help(width))
    expect(f"interview-keys-{width}", f"{text_of(screen)}\n")


def test_the_clock_says_what_is_used_and_what_there_is() -> None:
    assert clock_text(timedelta(minutes=61, seconds=5.9), 60) == "61:05 of 60:00"


class Played:
    """An interview after some keys."""

    def __init__(
        self,
        store: Store,
        keys: str,
        typed: Iterable[str] = (),
        code: CodeResult | None = None,
        *,
        only_task: bool = False,
    ) -> None:
        self.interview: MockInterview = mock_interview(store, read_task=lambda: TASK)
        if only_task:
            while self.interview.current() is not TASK:
                self.interview.confirm()
        self.screens: list[str] = []
        self._screen = text_screen(80, 24)
        self._keys = iter(keys.split())
        lines = iter(typed)
        InterviewScreen(
            self._screen,
            self,
            self.interview,
            ask_line=lambda _prompt: next(lines),
            write_code=(lambda: code) if code else None,
        ).run()

    def read(self, other: int = -1, *, seconds: float | None = None) -> str:  # noqa: ARG002 - nothing is waited for
        self.screens.append(text_of(self._screen))
        self._screen.file = io.StringIO()
        return next(self._keys, "ended")

    def put_back(self, keys: list[str]) -> None:
        raise NotImplementedError

    @property
    def said(self) -> list[int]:
        return [result.said for result in self.interview.results]


def test_space_shows_the_points_a_number_ticks_one_and_space_goes_on(store: Store) -> None:
    played = Played(store, "space 1 2 1 space space a space")
    assert played.said == [1, 1]
    assert "Question 3 of 3" in played.screens[-1]


def test_typed_key_words_tick_what_they_mean(store: Store) -> None:
    assert Played(store, "enter space space", ["each dtype\x1b[2J"]).said == [1]


def test_no_tick_is_made_by_a_number_without_a_point(store: Store) -> None:
    played = Played(store, "space 9 0 x")
    assert played.said == []
    assert "The numbers tick what you said" in played.screens[-1]


def test_what_is_ticked_when_it_ends_is_kept(store: Store) -> None:
    assert Played(store, "space 1").said == [1]
    assert Played(store, "space 1 q").said == [1]
    assert Played(store, "space q").said == []


def test_undo_goes_back(store: Store) -> None:
    played = Played(store, "space 1 space u n space")
    assert played.said == [0]


def test_written_code_ticks_the_checks_that_it_passed(store: Store) -> None:
    played = Played(store, "enter space", code=CodeResult(frozenset({1})), only_task=True)
    assert played.said[-1] == 1
    assert [said for _, said in played.interview.results[-1].points] == [False, True]


def test_code_that_cannot_run_here_is_for_the_learner_to_judge(store: Store) -> None:
    played = Played(store, "enter space a space", code=CodeResult(None, "Not here."), only_task=True)
    assert "Not here." in played.screens[1]
    assert played.said[-1] == 2


def test_while_no_key_is_pressed_the_clock_is_drawn_anew_and_nothing_else_changes(store: Store) -> None:
    played = Played(store, "space 9 tick tick")
    assert len(played.screens) == 5
    assert played.screens[2] == played.screens[3] == played.screens[4]
    assert "The numbers tick what you said" in played.screens[-1]


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_a_terminal_waits_for_a_key_no_longer_than_it_is_told() -> None:
    import pty

    from srs.screen.keys import TICK, TerminalKeys

    master, slave = pty.openpty()
    keys = TerminalKeys(slave)
    try:
        with keys.held():
            assert keys.read(seconds=0.01) == TICK
            os.write(master, b"a")
            assert keys.read(seconds=60) == "a"
    finally:
        os.close(master)
        os.close(slave)
