from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from srs.interview.interview_question import InterviewQuestion, Point, QuestionKind
from srs.review.log import Act
from srs.sitting.mock_interview import CurrentAnswer
from srs.store.interviews.interview_store import InterviewStore
from tests.builders.deck import CARDS
from tests.builders.interview import Clock, mock_interview

if TYPE_CHECKING:
    from collections.abc import Callable

    from srs.sitting.mock_interview import MockInterview
    from srs.store.store import Store

TASK = InterviewQuestion(
    kind=QuestionKind.TASK, card=CARDS[4].id, words="Write a loop", section="", points=(Point("It loops."),)
)

QUESTIONS = [
    "How does eager execution differ from a graph?",
    "How do you feed data to a model?",
    "How do you write a training loop?",
]


def said(interview: MockInterview) -> list[tuple[str, int]]:
    return [(result.words, result.said) for result in interview.results]


def asked_until_the_end(interview: MockInterview, think: Callable[[], None] = lambda: None) -> list[str]:
    words = []
    while (question := interview.current()) is not None:
        think()
        words.append(question.words)
        interview.check()
        interview.confirm()
    return words


@pytest.mark.parametrize(
    ("minutes_each", "asked"),
    [
        pytest.param(1, [*QUESTIONS, "Write a loop"], id="in time"),
        pytest.param(7, [*QUESTIONS], id="the last question is still answered"),
        pytest.param(16, [QUESTIONS[0], "Write a loop"], id="no question begins in the time of the task"),
        pytest.param(20, QUESTIONS[:1], id="no task begins when the time is up"),
    ],
)
def test_the_time_is_kept(store: Store, minutes_each: float, asked: list[str]) -> None:
    clock = Clock()
    interview = mock_interview(store, minutes=20, now=clock, read_task=lambda: TASK)
    assert asked_until_the_end(interview, lambda: clock.wait(minutes_each)) == asked
    assert interview.results[0].took_ms == 60_000 * minutes_each


def test_key_words_tick_what_they_mean_before_the_points_are_seen(store: Store) -> None:
    interview = mock_interview(store)
    interview.current()
    interview.type_words("retraced for each dtype")
    interview.type_words("after tracing")
    interview.check()
    assert interview.answer == CurrentAnswer(
        "retraced for each dtype\nafter tracing", is_checked=True, said=frozenset({0, 1})
    )


def test_what_was_said_is_in_the_log_when_the_next_question_is_asked(store: Store) -> None:
    interview = mock_interview(store)
    interview.current()
    interview.tick(frozenset({1}))
    interview.confirm()
    (entry,) = store.log.history(CARDS[0].id)
    assert (entry.act, entry.grade, entry.cause) == (Act.INTERVIEW, None, None)
    (question,) = InterviewStore(store).questions()
    assert question.result == interview.results[0]
    assert [point.cards for point in question.result.missed] == [(CARDS[0].id,)]


def test_no_schedule_changes(store: Store) -> None:
    before = [row.standing for row in store.cards.rows()]
    asked_until_the_end(mock_interview(store))
    assert [row.standing for row in store.cards.rows()] == before
    assert store.log.streak(Clock()().date()) == 0


def test_undo_asks_the_last_question_again_with_its_ticks(store: Store) -> None:
    interview = mock_interview(store)
    interview.current()
    interview.tick(frozenset({1}))
    interview.confirm()
    interview.current()
    interview.undo()
    again = interview.current()
    assert again is not None
    assert again.words == "How does eager execution differ from a graph?"
    assert interview.answer.said == {1}
    assert InterviewStore(store).questions() == []
    interview.confirm()
    assert said(interview) == [("How does eager execution differ from a graph?", 1)]
    assert len(InterviewStore(store).questions()) == 1


def test_undo_goes_back_from_the_points_to_the_answer(store: Store) -> None:
    interview = mock_interview(store)
    interview.current()
    interview.check()
    interview.undo()
    assert not interview.answer.is_checked
    interview.undo()
    assert interview.message == "There is nothing to undo."


def test_what_was_ticked_is_kept_when_the_interview_ends_early(store: Store) -> None:
    interview = mock_interview(store)
    interview.current()
    interview.toggle(0)
    interview.save()
    assert said(interview) == [("How does eager execution differ from a graph?", 1)]
    interview.current()
    interview.check()
    interview.save()
    assert len(interview.results) == 1
