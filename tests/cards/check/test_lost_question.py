"""Warnings of one cause are told five times at most."""

from __future__ import annotations

import pytest

from cards.atomize.atomize import atomize
from cards.atomize.coverage import LostQuestion
from cards.check.lost_question import first_of_each_cause, no_card_warnings
from cards.errors import Problem
from cards.guide.reading.parse import parse_guide

NO_CARD = "no card is made of this question"
UNWRITTEN = "this question has no answer yet, so it makes no card; write one."


def test_five_of_a_cause_are_told_and_then_their_number() -> None:
    problems = [Problem("g.md", line, f"the block `{line}` is lost.") for line in range(1, 9)]
    other = Problem("g.md", 4, "something else.")
    assert first_of_each_cause([*problems, other]) == [
        "g.md:1: the block `1` is lost.",
        "g.md:2: the block `2` is lost.",
        "g.md:3: the block `3` is lost.",
        "g.md:4: the block `4` is lost.",
        "g.md:5: the block `5` is lost.",
        "  and 3 more like it",
        "g.md:4: something else.",
    ]


def test_pictures_of_different_addresses_are_one_cause() -> None:
    problems = [
        Problem(
            "guide.md", line, f"the picture https://a/{name} is in the web: cards show its address alone."
        )
        for line, name in enumerate("abcdefgh", 1)
    ]
    assert first_of_each_cause(problems)[5:] == ["  and 3 more like it"]


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        ("TODO", UNWRITTEN),
        ("...\n\n(to be continued)", UNWRITTEN),
        (
            "TODO\n\nIt runs.",
            (
                f"{NO_CARD} (paragraph in line 5: nothing in it can be asked: set the point in bold; "
                "paragraph in line 7: it starts with “It”)."
            ),
        ),
        ("- TODO", f"{NO_CARD} (list in line 5: a list of one)."),
        (
            "| Name |\n|---|\n| a |\n\n```\nx\n```\n\n![](a.png)",
            (
                f"{NO_CARD} (table in line 5: a table without rows or with a single column; "
                "code in line 10: the fence names no language; `proofdeck check --blocks` says more)."
            ),
        ),
    ],
)
def test_a_question_without_cards_is_told_with_the_reason(answer: str, sentence: str) -> None:
    guide = parse_guide(f"# Python\n\n## What does the GIL do?\n\n{answer}\n", "guide.md")
    lost = [LostQuestion(question, atomize(question).coverage) for question in guide.questions]
    assert list(no_card_warnings(lost)) == [Problem("guide.md", 3, sentence)]
