"""The coding task of a mock interview: a task that can be practised, else a card that is answered in code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cards.answer.correctness import Correctness
from cards.card.kind import CardKind
from cards.errors import ProofdeckError
from cards.guide.block import Code, Listing, Prose, Table
from srs.cli.practice.running import NO_TENSORFLOW, Running, interpreter_of
from srs.interview.checklist import MOST_POINTS, code_question
from srs.interview.interview_question import CodeResult, InterviewQuestion, Point, QuestionKind

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from contextlib import AbstractContextManager
    from random import Random

    from cards.answer.task import Task
    from cards.card.card import CardId
    from srs.cli.context import CommandContext
    from srs.review.card_row import CardRow
    from srs.review.shown_card import ShownCard
    from srs.store.store import Store


class CodingTask:
    """Chooses the coding task of an interview, and has it written and judged."""

    def __init__(
        self,
        context: CommandContext,
        store: Store,
        rows: Sequence[CardRow],
        random: Random,
        *,
        stand_in: CardId,
    ) -> None:
        """Choose among the tasks of these cards' guides; `stand_in` is logged for a task without cards."""
        self._context = context
        self._store = store
        self._rows = rows
        self._random = random
        self._stand_in = stand_in
        self._task: Task | None = None
        self._card: ShownCard | None = None

    def read(self) -> InterviewQuestion | None:
        """Return the coding task: one least lately done right, else a card; None where there is neither."""
        # Reads Markdown: an interview that ends before its task never loads it.
        from srs.cli.practice.built_task import last_done, read_tasks

        guides = {row.guide for row in self._rows}
        try:
            tasks = [task for task in read_tasks(self._context, None) if task.guide in guides]
        except ProofdeckError:
            # Its guide is gone, or not whole: the cards are there all the same.
            tasks = []
        if not tasks:
            return self._read_card()
        tried = self._store.attempts.histories()
        days = {task.slug: last_done(tried.get((task.guide, task.slug))) for task in tasks}
        earliest = min(days.values())
        self._task = self._random.choice([task for task in tasks if days[task.slug] == earliest])
        return self._question(self._task)

    def _read_card(self) -> InterviewQuestion | None:
        for kind in (CardKind.CODE, CardKind.COMPLETE):
            if written := [row for row in self._rows if row.kind is kind]:
                self._card = self._store.cards.show(self._random.choice(written).id)
                break
        return code_question(self._card) if self._card is not None else None

    def _question(self, task: Task) -> InterviewQuestion:
        from srs.review.code_colours import colour_code

        cards = tuple(row.id for row in self._rows if (row.guide, row.question) == (task.guide, task.slug))
        front = tuple(
            block for block in task.description if isinstance(block, Prose | Listing | Table | Code)
        )
        back = (Code(task.reference.source, "python"),)
        return InterviewQuestion(
            kind=QuestionKind.TASK,
            card=cards[0] if cards else self._stand_in,
            words=task.title,
            section=task.section,
            points=tuple(Point(words, cards) for words in task.demands)[:MOST_POINTS],
            topic=task.slug,
            source=f"{task.span.path}:{task.span.first}",
            front=front,
            back=back,
            paint=tuple(
                (code, tuple((css, text) for css, text in pairs))
                for code, pairs in colour_code((front, back)).items()
            ),
        )

    def write(
        self, ask_line: Callable[[str], str], normal_screen: Callable[[], AbstractContextManager[None]]
    ) -> CodeResult:
        """Have the task written in the learner's editor, or the gap filled in a line, and run."""
        try:
            if self._task is not None:
                with normal_screen():
                    return self._write_task(self._task)
            return self._type_code(self._card, ask_line)
        except ProofdeckError as error:
            return CodeResult(None, str(error))

    def _write_task(self, task: Task) -> CodeResult:
        running = Running(interpreter_of(task, None, yes=False), unconfined=False, keep_warm=False)
        if not running.can_run(task):
            return CodeResult(None, NO_TENSORFLOW)
        from srs.cli.practice.task_practice import TaskPractice

        path = self._context.home / "practice" / task.guide / f"{task.slug}.py"
        with running.judge(self._context, task) as task_judge:
            practice = TaskPractice(task, path, task_judge)
            practice.run()
        return CodeResult(practice.passed)

    @staticmethod
    def _type_code(card: ShownCard | None, ask_line: Callable[[str], str]) -> CodeResult:
        """Have a line typed into the gap of a card, and judge it as a review does."""
        if card is None or card.exercise is None:
            return CodeResult(None, "It is yours to judge: Space shows the answer.")
        typed = ask_line("> ")
        if not typed.strip():
            return CodeResult(None)
        from srs.sitting.judge_client import JudgeClient

        judge = JudgeClient()
        try:
            judge.ask(card.exercise, typed)
            while (judgement := judge.answer()) is None:
                pass
        finally:
            judge.close()
        is_right = judgement.correctness is Correctness.RIGHT
        return CodeResult(frozenset({0}) if is_right else frozenset(), judgement.sentence)
