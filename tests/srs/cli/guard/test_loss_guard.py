"""Builds that would lose much: what they say, that they ask, and that nothing is written for a no."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.srs.cli.conftest import Desk

THINGS = {
    "kettle": ("boil", "brings cold water to heat", "whistle", "tells that the water is hot"),
    "lamp": ("shine", "makes a room bright", "dim", "makes a room dark again"),
    "clock": ("tick", "counts the seconds aloud", "ring", "wakes whoever sleeps near it"),
    "stove": ("bake", "turns dough into bread", "toast", "turns bread brown at its edges"),
    "radio": ("tune", "finds one of many stations", "mute", "ends all sound at once"),
}


def question(number: int, thing: str) -> str:
    one, does, other, also = THINGS[thing]
    return (
        f"### Q{number}. What can a {thing} do?\n\nIts ways:\n\n"
        f"- **{one}**: {does}.\n- **{other}**: {also}.\n\n"
    )


GUIDE = "# Kitchen\n\n" + "".join(question(number, thing) for number, thing in enumerate(THINGS, 1))
CODE = "```text\nwater 100\n```\n\n"
WITH_CODE = GUIDE.replace("### Q2.", f"{CODE}### Q2.").replace("### Q4.", f"{CODE}### Q4.")
UNCLOSED = WITH_CODE.replace("water 100\n```\n", "water 100\n", 1)
FILES = ("guide.lock", "guide.apkg", "home/proofdeck.db")


def swallowing(first: int, kind: str, last: int, things: str, end: str, above: int) -> str:
    """Return the line that says which questions a block holds."""
    names = ", ".join(f"“What can a {thing} do?”" for thing in things.split())
    return (
        f"  guide.md:{first}: the {kind} that opens here runs to line {last} and holds the headings of "
        f"{len(things.split())} questions ({names}); write {end} above line {above} if it should end there.\n"
    )


def contents(desk: Desk) -> list[bytes]:
    return [(desk.folder / name).read_bytes() for name in FILES]


def built(desk: Desk, text: str) -> None:
    desk.write(text, "guide.md")
    assert desk.run("build", "guide.md").exit_code == 0


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        pytest.param(
            WITH_CODE,
            UNCLOSED,
            "guide.md: this build would retire 8 of 20 cards.\n"
            + swallowing(10, "code block", 29, "lamp clock", "```", 13),
            id="a code block that nobody closed",
        ),
        pytest.param(
            GUIDE,
            GUIDE.replace("### Q3.", "<!-- ask somebody\n\n### Q3."),
            "guide.md: this build would retire 12 of 20 cards.\n"
            + swallowing(17, "comment", 40, "clock stove radio", "-->", 19),
            id="a comment that nobody closed",
        ),
        pytest.param(
            GUIDE,
            GUIDE.replace("### Q3.", "<style>\n\n### Q3."),
            "guide.md: this build would retire 12 of 20 cards.\n"
            + swallowing(17, "HTML block", 40, "clock stove radio", "</style>", 19),
            id="an HTML block that nobody closed",
        ),
        pytest.param(
            GUIDE,
            GUIDE.partition("### Q4")[0],
            "guide.md: this build would retire 8 of 20 cards.\n"
            "  guide.md: 2 questions are not in the guide any more (“what can a stove do”, "
            "“what can a radio do”): 8 cards go, unless a guide that has them now is built first.\n",
            id="the end of the file is missing",
        ),
        pytest.param(
            GUIDE,
            GUIDE.replace("- **", "-**"),
            "guide.md: this build would retire 20 of 20 cards.\n"
            + "".join(
                f"  guide.md:{line}: 4 cards go with words that this question had before.\n"
                for line in (3, 10, 17, 24, 31)
            ),
            id="lists are lists no more",
        ),
        pytest.param(
            GUIDE,
            GUIDE.replace("### Q3.", "<!-- ask somebody\n\n### Q3.").replace("\n", "\r\n"),
            "guide.md: this build would retire 12 of 20 cards.\n"
            + swallowing(17, "comment", 40, "clock stove radio", "-->", 19),
            id="line ends of Windows",
        ),
    ],
)
def test_a_build_that_loses_much_says_which_lines_are_the_cause_and_writes_nothing(
    desk: Desk, before: str, after: str, said: str
) -> None:
    built(desk, before)
    kept = contents(desk)
    (desk.folder / "guide.md").write_bytes(after.encode())
    result = desk.run("build", "guide.md")
    end = "Nothing was written. Mend these lines, or say --yes if it is meant.\n"
    assert (result.exit_code, result.stderr, result.stdout) == (1, said + end, "")
    assert contents(desk) == kept


def test_with_yes_the_cards_are_retired_and_come_back_as_themselves(desk: Desk) -> None:
    built(desk, GUIDE)
    desk.write(GUIDE.partition("### Q4")[0], "guide.md")
    gone = desk.json("build", "guide.md", "--yes")["changes"]["retired"]
    assert len(gone) == 8
    desk.write(GUIDE, "guide.md")
    assert set(desk.json("build", "guide.md")["changes"]["revived"]) == set(gone)


def test_a_fifth_of_a_deck_is_retired_without_a_question(desk: Desk) -> None:
    built(desk, GUIDE)
    desk.write(GUIDE.partition("### Q5")[0], "guide.md")
    result = desk.run("build", "guide.md")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "4 retired · 16 as before" in result.stdout


def test_a_question_within_code_is_asked_about_however_few_cards_it_has(desk: Desk) -> None:
    built(desk, WITH_CODE)
    desk.write(WITH_CODE.replace(question(5, "radio"), f"~~~text\n\n{question(5, 'radio')}~~~\n"), "guide.md")
    result = desk.run("build", "guide.md")
    assert result.exit_code == 1
    assert (
        "the code block that opens here runs to line 48 and holds the heading of a question" in result.stderr
    )


def test_before_the_first_build_headings_in_code_are_asked_about_too(desk: Desk) -> None:
    desk.write(UNCLOSED.replace("```text", "```"), "guide.md")
    refused = desk.run("build", "guide.md")
    assert refused.exit_code == 1
    assert refused.stderr == (
        "guide.md: questions of this guide would count as code.\n"
        + swallowing(10, "code block", 27, "lamp clock", "```", 13)
        + "Nothing was written. Mend these lines, or say --yes if it is meant.\n"
    )
    assert not (desk.folder / "guide.lock").exists()
    meant = desk.run("build", "guide.md", "--yes")
    assert meant.exit_code == 0
    assert "guide.md:10: the code block that opens here runs to line 27" in meant.stdout


@pytest.mark.parametrize(
    "block",
    [
        pytest.param("```markdown\n\n### Q9. What can a book do?\n```\n", id="Markdown"),
        pytest.param("```\n\n### Turn it on\n\n```\n", id="nothing asked"),
        pytest.param(
            '```python no-run="slow"\n\n### What is next?\nnumber = 1\n```\n',
            id="Python",
            marks=pytest.mark.slow,
        ),
    ],
)
def test_code_with_lines_like_headings_is_no_question(desk: Desk, block: str) -> None:
    desk.write(GUIDE + block, "guide.md")
    assert desk.run("build", "guide.md").exit_code == 0
