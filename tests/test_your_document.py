"""The page on what people have: its documents are built, and their cards are those that it shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cards.card.sides import words
from cards.notebook.notebook_text import notebook_text
from cards.recover.recovery import recover_guide
from tests.builders.built import built
from tests.builders.case import Case, held_to, read_cases
from tests.builders.place import ROOT

if TYPE_CHECKING:
    from cards.card.sides import Side

PAGE = ROOT / "docs" / "your-document.md"


@pytest.mark.parametrize("case", list(read_cases(PAGE)), ids=str)
def test_a_document_becomes_the_cards_that_the_page_shows(case: Case, request: pytest.FixtureRequest) -> None:
    held_to(case, cards_of(guide_of(case)), request)


def guide_of(case: Case) -> str:
    """Return the guide that the commands make of a document: what was copied is recovered first."""
    match case.language:
        case "json":
            return notebook_text(case.given, "document.ipynb").text
        case "html" | "text":
            return recover_guide(case.given, "document", {}).text
        case _:
            return case.given


def cards_of(guide: str) -> str:
    """Return all cards of a guide whose code holds, front and back."""
    cards = built(guide).deck.whole_cards
    return "\n\n".join(f"{side_text(card.front)}\n→ {side_text(card.back)}" for card in cards)


def side_text(side: Side) -> str:
    """Return a side without empty lines, which part the cards."""
    return words(side).replace("\n\n", "\n")
