"""Typing what fills a gap: when it is asked for, judged, shown and graded."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, cast

import pytest

from cards.answer.correctness import Correctness
from cards.card.card import CardId
from srs.review.sitting_state import begin_sitting
from srs.review.typed_answer import AnswerJudgement
from srs.screen.terminal import SittingScreen
from srs.sitting.sitting import Sitting
from srs.sitting.todays_agenda import todays_agenda
from tests.builders.deck import CARDS, LOOP, deck, gap_card
from tests.builders.exercise import exercise
from tests.builders.key_player import KeyPlayer
from tests.builders.store import store_with

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from srs.sitting.judge_client import JudgeClient
    from srs.store.store import Store
    from tests.builders.golden import Expect

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
GAP = gap_card(exercise("c = a @ b\nprint(c)", "a @ b"))
RIGHT, WRONG = (
    AnswerJudgement(Correctness.RIGHT, "It does the same."),
    AnswerJudgement(Correctness.WRONG, "yours prints 1, expected 2"),
)
SYNTAX, LOST = (
    AnswerJudgement(Correctness.SYNTAX, "This is no Python."),
    AnswerJudgement(Correctness.UNSURE, "It could not be judged."),
)


class Clerk:
    """Judges as it is told; None is a message that is not for the last answer."""

    descriptor = -1

    def __init__(self, answers: Iterable[AnswerJudgement | None]) -> None:
        self._answers = iter(answers)
        self.asked: list[str] = []
        self.prepared: list[str] = []
        self.started = 0

    def start(self) -> None:
        self.started += 1

    def prepare(self, exercise: str) -> None:
        self.prepared.append(exercise)

    def ask(self, exercise: str, typed: str) -> None:
        assert exercise == self.prepared[-1]
        self.asked.append(typed)

    def answer(self) -> AnswerJudgement | None:
        return next(self._answers)


class Played(KeyPlayer):
    """A sitting with one card that has a gap, after some keys; `judged` reads a judgement."""

    def __init__(
        self,
        store: Store,
        keys: str,
        lines: Iterable[str] = (),
        judged: Iterable[AnswerJudgement | None] = (),
        seconds: int = 3,
        ticks: Iterable[int] = (),
    ) -> None:
        super().__init__(keys.replace("judged", "other"))
        self.clerk = Clerk(judged)
        self._moment = NOW
        self._lines = iter(lines)
        self._seconds = seconds
        self._ticks = iter(ticks)
        self.sitting = Sitting(
            store, begin_sitting(todays_agenda(store, NOW.date())), today=NOW.date(), now=self._now
        )
        SittingScreen(
            self.console,
            self,
            self.sitting,
            ask_line=self._line,
            judge=cast("JudgeClient", self.clerk),
        ).run()

    def read(self, other: int = -1, *, seconds: float | None = None) -> str:
        self._moment += timedelta(seconds=next(self._ticks, 0))
        return super().read(other, seconds=seconds)

    def _now(self) -> datetime:
        return self._moment

    def _line(self, _prompt: str) -> str:
        self._moment += timedelta(seconds=self._seconds)
        return next(self._lines)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A store with the one card."""
    with store_with(tmp_path / "proofdeck.db", deck(GAP)) as opened:
        yield opened


def test_a_right_answer_turns_the_card_and_enter_takes_the_suggestion(store: Store, expect: Expect) -> None:
    played = Played(store, "enter judged enter", ["tf.matmul(a, b)"], [RIGHT])
    asked, running, judged = played.screens
    expect("typing-asked", asked)
    expect("typing-running", running)
    expect("typing-right", judged)
    assert (played.clerk.asked, played.grades) == (["tf.matmul(a, b)"], [5])


def test_any_other_grade_may_be_given(store: Store) -> None:
    assert Played(store, "enter judged 2", ["a"], [RIGHT]).grades == [2]


def test_a_wrong_answer_may_be_typed_again_and_costs_a_grade(store: Store, expect: Expect) -> None:
    played = Played(store, "enter judged enter judged enter", ["a * b", "a@b"], [WRONG, RIGHT])
    expect("typing-wrong", played.screens[2])
    assert played.grades == [3]


def test_a_slip_in_the_syntax_costs_little(store: Store, expect: Expect) -> None:
    played = Played(store, "enter judged enter judged enter", ["a @", "a@b"], [SYNTAX, RIGHT])
    expect("typing-syntax", played.screens[2])
    assert played.grades == [4]


def test_a_right_answer_after_long_thought_is_a_four(store: Store) -> None:
    assert Played(store, "enter judged enter", ["a@b"], [RIGHT], seconds=41).grades == [4]


def test_keys_wait_for_the_verdict_and_what_shows_the_answer_is_spared(store: Store, expect: Expect) -> None:
    played = Played(store, "enter space judged enter", ["tf.matmul(a, b)"], [RIGHT])
    expect("typing-waiting", played.screens[2])
    expect("typing-right", played.screens[3])
    assert played.grades == [5]


def test_a_wrong_verdict_is_seen_by_the_keys_that_waited_for_it(store: Store) -> None:
    played = Played(store, "enter space 3 judged", ["a * b"], [WRONG])
    assert played.grades == [3]
    assert "yours prints 1, expected 2" in played.screens[4]
    assert "a * b" in played.screens[5]


def test_escape_does_not_wait_and_the_verdict_still_comes(store: Store, expect: Expect) -> None:
    played = Played(store, "enter escape space judged enter", ["tf.matmul(a, b)"], [RIGHT])
    expect("typing-not-waited-for", played.screens[2])
    expect("typing-shown-while-running", played.screens[3])
    expect("typing-shown-and-judged", played.screens[4])
    assert played.grades == [5]


def test_a_sitting_can_be_stopped_while_an_answer_is_judged(store: Store) -> None:
    played = Played(store, "enter q 3", ["tf.matmul(a, b)"], [])
    assert (played.grades, len(played.screens)) == ([], 2)


def test_a_tick_says_how_long_an_answer_is_being_judged(store: Store) -> None:
    played = Played(store, "enter tick tick", ["tf.matmul(a, b)"], [], ticks=[0, 1, 9])
    running = [line.strip() for line in (found for each in played.screens for found in each.split("\n"))]
    assert [line for line in running if "running it" in line] == [
        "| running it … 0 s",
        "| running it … 1 s",
        "| running it … 10 s",
    ]


def test_a_text_that_is_pasted_at_no_prompt_grades_nothing(store: Store) -> None:
    played = Played(store, "pasted:444 space pasted:4", [], [])
    assert played.grades == []
    assert "Enter first, then paste: nothing was taken." in played.screens[1]


def test_a_judgement_that_comes_after_the_grade_is_of_no_interest(store: Store) -> None:
    assert Played(store, "enter space 3 judged", ["tf.matmul(a, b)"], [RIGHT]).grades == [3]


def test_a_message_about_an_older_answer_changes_nothing(store: Store, expect: Expect) -> None:
    played = Played(store, "enter escape enter judged judged", ["a", "b"], [None, WRONG])
    expect("typing-older-judgement", played.screens[4])
    expect("typing-newer-judgement", played.last)


def test_what_could_not_be_judged_suggests_nothing(store: Store, expect: Expect) -> None:
    expect("typing-unsure", Played(store, "enter judged space", ["tf.matmul(a, b)"], [LOST]).last)


def test_an_answer_of_several_lines_ends_with_an_empty_one(store: Store) -> None:
    assert Played(store, "enter", ["f(", "a,", "b)"]).clerk.asked == ["f(\na,\nb)"]
    assert Played(store, "enter", ["f(", "a", ""]).clerk.asked == ["f(\na\n"]
    assert Played(store, "enter", ["with a:", "  b", ""]).clerk.asked == ["with a:\n  b\n"]


def test_an_empty_line_is_no_answer(store: Store, expect: Expect) -> None:
    played = Played(store, "enter", [" "])
    assert played.clerk.asked == []
    expect("typing-asked", played.last)


def test_what_no_terminal_can_show_is_judged_as_it_was_typed(store: Store, expect: Expect) -> None:
    typed = "a\x1b]0;b\x07\udcff\u202e\0@"
    played = Played(store, "enter", [typed])
    assert played.clerk.asked == [typed]
    expect("typing-unshowable", played.last)


def test_the_process_starts_behind_the_first_question(store: Store) -> None:
    played = Played(store, "")
    assert played.clerk.started == 1
    assert [replace(GAP).exercise is not None, len(played.clerk.prepared)] == [True, 1]


NEXT_GAP = replace(
    gap_card(exercise("d = sum(a, start=b)\nprint(d)", "start=b")), id=CardId("next"), slug=LOOP
)


@pytest.fixture
def several(tmp_path: Path) -> Iterator[Store]:
    """A store with a plain card, then two with gaps."""
    with store_with(tmp_path / "several.db", deck(CARDS[0], GAP, NEXT_GAP)) as opened:
        yield opened


def prepared_after(store: Store, keys: str) -> list[str]:
    """Return the gaps that were prepared by then, each as often as it was asked for."""
    known = {store.cards.first_exercise([each.id]): each.id for each in (GAP, NEXT_GAP)}
    return list(dict.fromkeys(known[each] for each in Played(store, keys).clerk.prepared))


def test_the_next_gap_is_prepared_while_a_card_without_one_is_asked(several: Store) -> None:
    assert prepared_after(several, "") == [GAP.id]


def test_the_next_gap_is_prepared_once_nothing_is_typed_into_this_one(several: Store) -> None:
    assert prepared_after(several, "space 5") == [GAP.id]
    assert prepared_after(several, "space") == [GAP.id, NEXT_GAP.id]
