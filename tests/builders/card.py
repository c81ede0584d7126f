"""Cards, and the drafts that become cards."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from cards.card.card import Card, CardId, Draft
from cards.card.kind import CardKind
from cards.card.proof_stamp import Stamp
from cards.guide.guide import QuestionSlug
from tests.builders.side import side

if TYPE_CHECKING:
    from cards.card.sides import Side

NOW = 1_795_448_400
"""An hour after the cards have changed."""
STAMP = Stamp("2.21.0", "3.15.1", "2026-11-22")


def draft(front: str | Side = "What is it?", back: str | Side = "A thing", **fields: Any) -> Draft:  # noqa: ANN401 - any field
    """Return a fact with these sides, given as words or whole; its cue is its front."""
    values: dict[str, Any] = {
        "kind": CardKind.FACT,
        "slug": QuestionSlug("q"),
        "cue": front if isinstance(front, str) else "cue",
        "front": side(front) if isinstance(front, str) else front,
        "back": side(back) if isinstance(back, str) else back,
    }
    return Draft(**(values | fields))


def card(
    name: str,
    front: str | Side = "What is it?",
    back: str | Side = "A thing",
    **fields: Any,  # noqa: ANN401 - any field
) -> Card:
    """Return a fact whose id, cue and question come from its name; its sides are given as words or whole."""
    values: dict[str, Any] = {
        "id": CardId(hashlib.sha256(name.encode()).hexdigest()[:16].translate(str.maketrans("01", "yz"))),
        "kind": CardKind.FACT,
        "slug": QuestionSlug(name),
        "cue": name,
        "front": side(front) if isinstance(front, str) else front,
        "back": side(back) if isinstance(back, str) else back,
        "changed_at": NOW - 3600,
    }
    return Card(**(values | fields))
