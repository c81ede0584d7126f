"""Which questions lack an overview, which overviews leave something out, and a guide's figures."""

from __future__ import annotations

import pytest

from cards.atomize.atomize import atomize
from cards.check.guide_figures import guide_figures
from cards.check.overview_lint import overview_findings
from tests.builders.guide import parsed

HOW = "a list of two to five short points below `<!-- proofdeck: outline -->`"
TUNE = "How do you tune the collector, and how do you measure pauses?"
PRESS = "How does a press make parts, and when does the binder fail?"
NO_WAY = """
Objects that survive are moved to **an older space** of the heap. Most objects die **young**, as experience
shows. A full collection looks at **every space**.
"""


def said(text: str) -> list[tuple[int, str]]:
    questions = parsed(text).questions
    drafts = [draft for question in questions for draft in atomize(question).drafts]
    return [(one.span.first, one.sentence) for one in overview_findings(questions, drafts)]


def outline(title: str, points: int) -> str:
    listed = "\n".join(f"- It makes the part number {number}." for number in range(points))
    return f"### {title}\n\nIt makes **parts** of a plan.\n\n<!-- proofdeck: outline -->\n{listed}\n"


def test_a_question_without_few_points_asks_for_an_outline() -> None:
    assert said(f"### {TUNE}\n{NO_WAY}") == [
        (
            1,
            f"it has no overview, for no few points of the answer tell it; write {HOW}: “{TUNE}”",
        )
    ]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "### How do you tune it?\n\nSet the limit and restart.\n", id="a short answer asks it whole"
        ),
        pytest.param(f"### How does the collector move objects?\n{NO_WAY}", id="its sentences are about it"),
        pytest.param(outline("How does a press make parts?", 3), id="its author wrote one"),
        pytest.param(
            "### How do you tune the collector?\n\nOne entry of it is **long**.\n", id="few cards tell it"
        ),
    ],
)
def test_a_question_that_is_told_is_left_alone(text: str) -> None:
    assert said(text) == []


def test_an_outline_is_short_and_about_each_part_of_its_question() -> None:
    assert said(outline(PRESS, 6)) == [
        (
            1,
            f"an outline of 6 points; nobody says more than 5 at once: “{PRESS}”",
        ),
        (
            1,
            f"the overview says nothing of “when does the binder fail”; write {HOW}: “{PRESS}”",
        ),
    ]


def test_figures_name_the_lines_to_look_at() -> None:
    text = f"### {TUNE}\n{NO_WAY}"
    long = " ".join(["word"] * 30)
    text += f"\n### Which queues are there?\n\n- **Lifo**: returns what came last, {long}\n"
    text += "- **Fifo**: returns what came first\n"
    questions = parsed(text).questions
    figures = guide_figures(questions, [draft for each in questions for draft in atomize(each).drafts])
    assert figures.without_overview == (1,)
    assert figures.sentences == (
        "7 cards of 2 questions; 1 question without an overview (line 1); "
        "1 answer of more than 25 words (line 8)."
    )
