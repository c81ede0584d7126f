"""The Markdown case files of the recovery: a page goes in, a guide comes out."""

from __future__ import annotations

from pathlib import Path

import pytest

from cards.guide.reading.parse import parse_guide
from cards.recover.decision import NO_DECISIONS
from cards.recover.recovery import recover_guide
from tests.builders.case import Case, cases_in, held_to

FOLDER = Path(__file__).parent / "cases"
CASES = cases_in(FOLDER)


def account(text: str) -> str:
    """Return the guide, and below it what was left out and mended."""
    result = recover_guide(text, "page.txt", NO_DECISIONS)
    parse_guide(result.text, "page.md")
    lines = [f"{result.source.value}, {result.questions} questions", "", result.text.rstrip("\n")]
    lines += ["", *(f"left out, line {one.number}: {one.text} ({one.reason})" for one in result.dropped)]
    lines += [f"mended, line {one.number}: {one.after}" for one in result.repairs]
    return "\n".join(lines).rstrip()


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_page_becomes_this_guide(case: Case, request: pytest.FixtureRequest) -> None:
    held_to(case, account(case.given), request)
