"""Flat Python and its indentation."""

from __future__ import annotations

from pathlib import Path

import pytest

from cards.recover.code.indent import SURE_CONFIDENCE, restore
from tests.builders.case import Case, cases_in, held_to

CASES = cases_in(Path(__file__).parent / "cases")
FLAT = {
    "assignments": "a = 1\nb = a + 1\nprint(a, b)",
    "a call over lines": "print(\n    1,\n    2,\n)",
    "nothing": "",
    "a comment": "# only words",
}


def flat(text: str) -> str:
    return "\n".join(line.strip() for line in text.strip().split("\n"))


@pytest.mark.parametrize("case", CASES, ids=str)
def test_indentation_comes_back(case: Case, request: pytest.FixtureRequest) -> None:
    assert flat(case.given) == case.given
    held_to(case, restore(case.given).best.text, request)


@pytest.mark.parametrize("text", FLAT.values(), ids=FLAT)
def test_what_was_flat_stays_flat_and_is_sure(text: str) -> None:
    restored = restore(flat(text))
    assert (restored.best.text, restored.others) == (text, ())
    assert restored.confidence == 1.0 or not text


@pytest.mark.parametrize(
    "text",
    [
        "values = [\n1,\nclass A:\npass\n]",
        "def f(:\npass",
        "if x:\nelse:\ny",
        "return ]",
        "x = 'open",
        "try:\nx = 1",
    ],
)
def test_what_is_no_python_is_broken_and_keeps_its_words(text: str) -> None:
    restored = restore(text)
    assert (restored.broken, restored.review) == (True, True)
    assert flat(restored.best.text) == text


def test_every_alternative_compiles_and_differs() -> None:
    restored = restore("for a in b:\nuse(a)\nshow(b)\nclose()")
    texts = [one.text for one in (restored.best, *restored.others)]
    assert len(set(texts)) == len(texts) > 1
    assert all(one.compiles for one in restored.others)
    assert sum(one.probability for one in (restored.best, *restored.others)) <= 1.0001


def test_the_lines_in_question_are_those_that_differ() -> None:
    restored = restore("with a:\nb()\nc()")
    assert restored.best.levels != restored.others[0].levels
    assert restored.uncertain_lines == (2,)


def test_doubt_begins_below_a_confidence() -> None:
    restored = restore("with a:\nb()\nc()")
    assert restored.review == (restored.confidence < SURE_CONFIDENCE)
