"""Typed answers: the grade that they suggest, and when a line goes on."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cards.answer.worth import Worth
from srs.review.typed_answer import AT_ONCE_SECONDS, Attempt, Judged, goes_on, suggested
from srs.schedule.sm2 import Grade

MARKS = {"r": Worth.RIGHT, "w": Worth.WRONG, "s": Worth.SYNTAX, "u": Worth.UNSURE}


def attempts(marks: str) -> list[Attempt]:
    """Return an attempt a letter; `.` is one that is still run."""
    return [Attempt("x", Judged(MARKS[mark], "so") if mark in MARKS else None) for mark in marks]


@pytest.mark.parametrize(
    ("marks", "seconds", "grade"),
    [
        ("r", AT_ONCE_SECONDS, Grade.PERFECT),
        ("r", AT_ONCE_SECONDS + 1, Grade.GOOD),
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
    assert suggested(attempts(marks), timedelta(seconds=seconds)) is grade


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
    assert goes_on(text) is is_open
