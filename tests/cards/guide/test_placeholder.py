"""A question whose answer is still to be written is told with its line."""

from __future__ import annotations

import pytest

from cards.guide.reading.parse import parse_guide

GUIDE = """# Python

## What is a thread?

A **thread** is a flow of control in a process.

Q: What does the GIL do?

{answer}

It is done.
"""
NO_ANSWER = ("guide.md:7: this follow-up question has no answer, so it makes no card; write one.",)
EMPTY = ("guide.md:7: this follow-up question has no paragraph below it; it counts as a subheading.",)


def warnings_of(answer: str) -> tuple[str, ...]:
    return tuple(map(str, parse_guide(GUIDE.format(answer=answer), "guide.md").warnings))


@pytest.mark.parametrize(
    "answer",
    [
        "TODO",
        "TODO: write this.",
        "TODO(john): explain what it counts",
        "FIXME - ask Ann",
        "🚧",
        "Pending",
        "*TBD*",
        "tba",
        "Coming soon",
        "Coming soon ...",
        "...",
        "…",
        "[...]",
        "???",
        "N/A",
        "—",
        "FIXME",
        "W.I.P.",
        "To be written.",
        "(answer to follow)",
        "@todo",
        "A: TODO",
    ],
)
def test_a_placeholder_is_no_answer(answer: str) -> None:
    assert warnings_of(answer) == NO_ANSWER


def test_a_placeholder_in_the_line_of_the_question_is_no_answer() -> None:
    guide = GUIDE.replace("do?\n\n{answer}", "do?\nA: TODO")
    assert tuple(map(str, parse_guide(guide, "guide.md").warnings)) == NO_ANSWER


def test_a_bold_question_with_a_placeholder_is_told_too() -> None:
    guide = GUIDE.replace("Q: What does the GIL do?", "**What does the GIL do?**").format(answer="TODO")
    assert tuple(map(str, parse_guide(guide, "guide.md").warnings)) == NO_ANSWER


@pytest.mark.parametrize("answer", ["- one\n- two", "Q: What is a lock?\nA: It lets one thread in."])
def test_a_question_with_nothing_below_it_is_told(answer: str) -> None:
    assert warnings_of(answer) == EMPTY


@pytest.mark.parametrize(
    "answer",
    [
        "It lets one thread run.",
        "`...`",
        "`__`",
        "Ten.",
        "To do work, a thread takes it.",
        "TODO comments mark it.",
        "Pending calls.",
        "No.",
        "Soon.",
        "$x$",
    ],
)
def test_words_and_code_are_an_answer(answer: str) -> None:
    assert warnings_of(answer) == ()
