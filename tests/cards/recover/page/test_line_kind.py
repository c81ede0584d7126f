"""What the lines of a page are."""

from __future__ import annotations

from pathlib import Path

import pytest

from cards.recover.page.line_kind import kinds_of
from cards.recover.page.page import LineKind
from tests.builders.case import Case, cases_in, held_to

CASES = cases_in(Path(__file__).parent / "cases")


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_lines_of_a_page_are_told_apart(case: Case, request: pytest.FixtureRequest) -> None:
    lines = case.given.split("\n")
    told = zip(kinds_of(lines), lines, strict=True)
    held_to(case, "\n".join(f"{kind.name.lower():<8} {line}" for kind, line in told), request)


def test_what_the_page_says_itself_is_not_doubted() -> None:
    assert kinds_of(["import this", "Some words"], [LineKind.PROSE, None])[0] is LineKind.PROSE


def test_nothing_is_nothing() -> None:
    assert kinds_of([]) == []
