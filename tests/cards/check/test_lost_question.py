"""Warnings of one cause are told five times at most."""

from __future__ import annotations

from cards.check.lost_question import first_of_each_cause
from cards.errors import Problem


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
