"""The Markdown case files of the reader: text goes in, a guide or its problems come out."""

from __future__ import annotations

from pathlib import Path

import pytest

from cards.errors import GuideError
from cards.guide.reading.parse import parse_guide
from tests.builders.case import Case, cases_in, held_to
from tests.builders.guide_outline import guide_outline


@pytest.mark.parametrize("case", cases_in(Path(__file__).parent), ids=str)
def test_text_becomes_this_guide_or_these_problems(case: Case, request: pytest.FixtureRequest) -> None:
    held_to(case, read(case.given), request)


def read(text: str) -> str:
    """Return the guide or its problems."""
    try:
        return guide_outline(parse_guide(text, "guide.md"))
    except GuideError as error:
        return str(error)
