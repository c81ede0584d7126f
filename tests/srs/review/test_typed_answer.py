"""Typed answers: the grade that they suggest, and when a line goes on."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cards.answer.correctness import Correctness
from srs.review.typed_answer import (
    PERFECT_WITHIN_SECONDS,
    AnswerJudgement,
    TypedAnswer,
    is_incomplete,
    suggest_grade,
)
from srs.schedule.sm2 import Grade

MARKS = {"r": Correctness.RIGHT, "w": Correctness.WRONG, "s": Correctness.SYNTAX, "u": Correctness.UNSURE}


def attempts(marks: str) -> list[TypedAnswer]:
    """Return an attempt a letter; `.` is one that is still run."""
    return [TypedAnswer("x", AnswerJudgement(MARKS[mark], "so") if mark in MARKS else None) for mark in marks]


@pytest.mark.parametrize(
    ("marks", "seconds", "grade"),
    [
        ("r", PERFECT_WITHIN_SECONDS, Grade.PERFECT),
        ("r", PERFECT_WITHIN_SECONDS + 1, Grade.GOOD),
        ("sr", 5, Grade.GOOD),
        ("ur", 5, Grade.PERFECT),
        ("wr", 5, Grade.HARD),
        ("swr", 5, Grade.HARD),
        ("wwr", 5, Grade.NEARLY),
        ("wwwr", 5, Grade.NEARLY),
        ("w", 5, Grade.WRONG),
        ("ww.", 5, Grade.WRONG),
        (".", 5, None),
        ("s", 5, None),
        ("u", 5, None),
        ("", 5, None),
    ],
)
def test_answers_suggest_a_grade(marks: str, seconds: int, grade: Grade | None) -> None:
    assert suggest_grade(attempts(marks), timedelta(seconds=seconds)) is grade


@pytest.mark.parametrize(
    ("text", "is_open"),
    [
        ("a @ b", False),
        ("tf.matmul(a, b)", False),
        ("tf.matmul(", True),
        ("tf.matmul(\n    a,", True),
        ("tf.matmul(\n    a,\n    b)", False),
        ("with tf.GradientTape() as tape:", True),
        ("with tape:\n    y = x", True),
        ("with tape:\n    y = x\n", False),
        ("a + \\", True),
        ("x[1:]", False),
        ("{'a': [1,", True),
        ("f(')')", False),
        ("f('(')", False),
        ('f("it\'s (")', False),
        ("f('\\'(')", False),
        ("a  # (one", False),
        ("'", False),
        (")", False),
        ("", False),
    ],
)
def test_typed_code_goes_on_until_it_is_whole(text: str, *, is_open: bool) -> None:
    assert is_incomplete(text) is is_open
