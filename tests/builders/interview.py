"""Interviews over the small deck of the tests."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING

from srs.sitting.interview_draw import draw_questions, topics_of
from srs.sitting.mock_interview import MockInterview
from srs.store.interviews.interview_store import InterviewStore

if TYPE_CHECKING:
    from collections.abc import Callable

    from srs.interview.interview_question import InterviewQuestion
    from srs.store.store import Store

BEGIN = datetime(2026, 11, 22, 9, tzinfo=UTC)


class Clock:
    """A clock that stands still until it is told to go on."""

    def __init__(self) -> None:
        self._now = BEGIN

    def __call__(self) -> datetime:
        return self._now

    def wait(self, minutes: float) -> None:
        """Go on by so many minutes."""
        self._now += timedelta(minutes=minutes)


def all_questions(store: Store) -> tuple[InterviewQuestion, ...]:
    """Return the questions of all topics of a store, with their follow-ups."""
    rows = store.cards.rows()
    topics = topics_of(rows, {}, [], BEGIN.date())
    return draw_questions(store, rows, topics, len(topics), Random(1))  # noqa: S311 - no secret


def mock_interview(
    store: Store,
    *,
    minutes: int = 20,
    now: Callable[[], datetime] | None = None,
    read_task: Callable[[], InterviewQuestion | None] | None = None,
) -> MockInterview:
    """Return an interview that asks all questions of a store."""
    return MockInterview(
        InterviewStore(store),
        all_questions(store),
        minutes=minutes,
        now=now or Clock(),
        read_task=read_task,
    )
