"""Typed answers judged by running them: what is right, what is wrong, what only looks right."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cards.answer.correctness import Correctness
from cards.answer.gap_answer import GapJudge
from cards.exercise.gap import GapKind
from tests.cards.answer.answers import TASKS, Task

if TYPE_CHECKING:
    from cards.prove.prover import Prover

ANSWERS = [
    answer
    for task in TASKS
    for answer in (
        *((task, typed, Correctness.RIGHT, "") for typed in task.right),
        *((task, typed, Correctness.WRONG, message) for typed, message in task.wrong),
        *((task, typed, Correctness.SYNTAX, "") for typed in task.syntax),
    )
]


@pytest.fixture(scope="module")
def gap_judge(confined_prover: Prover) -> GapJudge:
    """One judge for the whole table."""
    return GapJudge(confined_prover)


def test_the_table_is_long_and_has_every_sort_of_gap() -> None:
    assert len(ANSWERS) >= 60
    assert {task.sort for task in TASKS} == set(GapKind)


@pytest.mark.parametrize(
    ("task", "typed", "correctness", "message"),
    ANSWERS,
    ids=lambda value: ascii(value)[:60] if isinstance(value, str) else "",
)
def test_an_answer_is_worth_what_it_does(
    gap_judge: GapJudge, task: Task, typed: str, correctness: Correctness, message: str
) -> None:
    judged = gap_judge.judge(task.exercise, typed)
    assert (judged.correctness, message in judged.sentence) == (correctness, True), judged.sentence
