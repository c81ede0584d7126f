"""A check ends with the exit code of the build that has just been, with every strictness."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.srs.cli.conftest import GUIDE

if TYPE_CHECKING:
    from tests.srs.cli.conftest import Desk

QUESTION = "# T\n\n### Q1. What is a plan?\n\nA **plan** is a list of steps.\n"
NO_LANGUAGE = f"{QUESTION}\n```\nmake all\n```\n"
UNANSWERED = f"{QUESTION}\n### Q2. What is a step?\n"
YES = "# T\n\n### Q1. Is a plan a list?\n\nYes.\n"
NO_QUESTION = "nothing is asked here\n"
EMPTY = ""


@pytest.mark.parametrize("strictness", [(), ("--strict",), ("--no-strict",)], ids=["", "strict", "no-strict"])
@pytest.mark.parametrize(
    ("text", "plain", "strict"),
    [
        pytest.param(GUIDE, 0, 0, id="sound"),
        pytest.param(NO_LANGUAGE, 0, 1, id="no language"),
        pytest.param(UNANSWERED, 0, 1, id="unanswered"),
        pytest.param(YES, 0, 1, id="answered with yes"),
        pytest.param(NO_QUESTION, 1, 1, id="no question"),
        pytest.param(EMPTY, 2, 2, id="empty"),
    ],
)
def test_build_and_check_agree(
    desk: Desk, text: str, plain: int, strict: int, strictness: tuple[str, ...]
) -> None:
    desk.write(text)
    wanted = strict if strictness == ("--strict",) else plain
    codes = [desk.run(word, "small.md", *strictness).exit_code for word in ("build", "check", "build")]
    assert codes == [wanted] * 3


def test_a_strict_build_tells_what_a_check_tells(desk: Desk) -> None:
    desk.write(NO_LANGUAGE)
    sentence = "small.md:7: this fence names no language; write ```python or ```text."
    assert sentence not in desk.run("build", "small.md").stdout
    assert sentence in desk.run("build", "small.md", "--strict").stdout
    assert sentence in desk.json("build", "small.md", "--strict")["warnings"]
    assert sentence in desk.run("check", "small.md").stdout


def test_two_guides_of_one_lock_fail_both(desk: Desk) -> None:
    desk.write(name="a.md")
    desk.write(name="a.markdown")
    for word in ("build", "check"):
        result = desk.run(word, "a.md", "a.markdown")
        assert (result.exit_code, result.stderr) == (
            1,
            "a.markdown: its lock would be that of a.md, by their names; rename one of the files.\n",
        )


@pytest.mark.slow
def test_code_that_does_not_hold_fails_both(desk: Desk) -> None:
    desk.write(f"{QUESTION}\n```python\nprint(1 / 0)\n```\n")
    assert [desk.run(word, "small.md").exit_code for word in ("build", "check", "build")] == [1, 1, 1]
