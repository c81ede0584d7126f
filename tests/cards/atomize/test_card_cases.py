"""The Markdown case files of the card rules: an answer goes in, its cards come out."""

from __future__ import annotations

from pathlib import Path

import pytest

from cards.atomize.atomize import atomize
from cards.guide.reading.parse import parse_guide
from tests.builders.case import Case, cases_in, held_to
from tests.builders.guide_outline import atoms_outline


@pytest.mark.parametrize("case", cases_in(Path(__file__).parent), ids=str)
def test_an_answer_becomes_these_cards(case: Case, request: pytest.FixtureRequest) -> None:
    held_to(case, atomized(case.given), request)


def atomized(text: str) -> str:
    """Return the cards of every question; a case without a heading is the answer of one question."""
    if not text.startswith(("#", "<!--")):
        text = f"### What is asked here?\n\n{text}"
    guide = parse_guide(text, "guide.md")
    return "\n\n".join(
        atoms_outline(question, atomize(question, fixtures=guide.fixtures)) for question in guide.questions
    )
