"""Runs a mock interview over the store; what was said of a question is on disk before the next one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from srs.interview.draw import oral_minutes
from srs.interview.interview_question import QuestionKind, result_of
from srs.interview.key_words import points_meant

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from srs.interview.interview_question import InterviewQuestion, QuestionResult
    from srs.review.log import EntryId
    from srs.store.interviews.interview_store import InterviewStore


@dataclass(frozen=True, slots=True)
class AnsweredQuestion:
    """A question that is done with."""

    question: InterviewQuestion
    result: QuestionResult
    entry: EntryId


@dataclass(frozen=True, slots=True)
class CurrentAnswer:
    """What the learner has done with the current question so far."""

    typed: str = ""
    """Key words, a line each."""
    is_checked: bool = False
    """The points are shown."""
    said: frozenset[int] = frozenset()
    """The places of the points that are ticked, from 0."""


class MockInterview:
    """Asks the questions of an interview in their order, keeps time, and logs what was said.

    The clock is a function, for an interview lasts; nothing here looks at the time on its own.
    """

    def __init__(
        self,
        store: InterviewStore,
        questions: tuple[InterviewQuestion, ...],
        *,
        minutes: int,
        now: Callable[[], datetime],
        read_task: Callable[[], InterviewQuestion | None] | None = None,
        before_act: Callable[[datetime], None] | None = None,
    ) -> None:
        """Begin with the first question; `read_task` returns the coding task, once it is its turn.

        `before_act` is called before anything is logged, with the moment.
        """
        self.minutes = minutes
        self.message = ""
        """What just happened, in a line."""
        self.done: tuple[AnsweredQuestion, ...] = ()
        self.answer = CurrentAnswer()
        self._store = store
        self._left = questions
        self._now = now
        self._read_task = read_task
        self._has_task = read_task is not None
        self._before_act = before_act
        self._began_at = self._asked_at = now()
        self._number_of_questions = sum(each.kind is QuestionKind.QUESTION for each in questions)
        self._in_progress = False

    @property
    def results(self) -> tuple[QuestionResult, ...]:
        """What was said so far, question by question."""
        return tuple(each.result for each in self.done)

    @property
    def took(self) -> timedelta:
        """How long the interview has lasted."""
        return self._now() - self._began_at

    @property
    def is_time_up(self) -> bool:
        """Whether the minutes are used."""
        return self.took >= timedelta(minutes=self.minutes)

    def place(self, question: InterviewQuestion) -> str:
        """Return where in the interview a question stands, in words."""
        match question.kind:
            case QuestionKind.TASK:
                return "Coding task"
            case QuestionKind.FOLLOW_UP:
                return "Follow-up"
            case QuestionKind.QUESTION:
                asked = sum(each.question.kind is QuestionKind.QUESTION for each in self.done)
                return f"Question {asked + 1} of {self._number_of_questions}"

    def current(self) -> InterviewQuestion | None:
        """Return the question being asked; None where nothing is left to ask, or the time is up.

        The last part of the time is kept for the coding task.
        """
        if not self._in_progress:
            self._leave_out_what_is_late()
            if not self._left:
                return None
            self._in_progress = True
            self._asked_at = self._now()
        return self._left[0]

    def _leave_out_what_is_late(self) -> None:
        oral = timedelta(minutes=oral_minutes(self.minutes, has_task=self._has_task))
        if self._left and self._left[0].kind is not QuestionKind.TASK and self.took >= oral:
            self._left = ()
        if not self._left and self._read_task is not None and not self.is_time_up:
            task, self._read_task = self._read_task(), None
            self._left = (task,) if task is not None else ()
        if self.is_time_up:
            self._left = ()

    def type_words(self, typed: str) -> None:
        """Keep typed key words of the current answer."""
        lines = [line for line in (self.answer.typed, typed.strip()) if line]
        self.answer = replace(self.answer, typed="\n".join(lines))

    def check(self) -> None:
        """Show the points of the current question, those ticked that the key words mean."""
        question = self.current()
        if question is not None and not self.answer.is_checked:
            points = [point.words for point in question.points]
            meant = points_meant(self.answer.typed, points, question.words)
            self.answer = replace(self.answer, is_checked=True, said=meant)

    def tick(self, said: frozenset[int]) -> None:
        """Tick exactly the points with these places, from 0."""
        self.answer = replace(self.answer, is_checked=True, said=said)

    def toggle(self, place: int) -> None:
        """Tick a point, or take its tick away."""
        self.tick(self.answer.said ^ {place})

    def confirm(self) -> None:
        """Log the current question with its ticks, and go on to the next."""
        question = self.current()
        if question is None:
            return
        at = self._now()
        if self._before_act is not None:
            self._before_act(at)
        took_ms = max(0, (at - self._asked_at) // timedelta(milliseconds=1))
        result = result_of(
            question, self.answer.said, typed=self.answer.typed, minutes=self.minutes, took_ms=took_ms
        )
        first = self.done[0].entry if self.done else None
        entry = self._store.record(question.card, result, at=at, interview=first)
        self.done = (*self.done, AnsweredQuestion(question, result, entry))
        self._left = self._left[1:]
        self._in_progress = False
        self.answer = CurrentAnswer()
        self.message = ""

    def save(self) -> None:
        """Log the current question if something of it is ticked, when the interview ends early."""
        if self._in_progress and self.answer.is_checked and self.answer.said:
            self.confirm()

    def undo(self) -> None:
        """Take back the last question of this interview, and ask it again with its ticks."""
        if self.answer.is_checked:
            self.answer = replace(self.answer, is_checked=False, said=frozenset())
            self.message = "Back to your answer."
            return
        if not self.done:
            self.message = "There is nothing to undo."
            return
        *before, last = self.done
        self._store.take_back(last.entry, at=self._now())
        self.done = tuple(before)
        self._left = (last.question, *self._left)
        said = frozenset(place for place, (_, said) in enumerate(last.result.points) if said)
        self.answer = CurrentAnswer(last.result.typed, is_checked=True, said=said)
        self._in_progress = True
        self.message = "Undone: tick again what was said."
