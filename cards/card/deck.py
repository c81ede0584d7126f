"""The deck of a guide after the gate: the only thing that a store or an exporter takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NewType

if TYPE_CHECKING:
    from cards.card.card import Card, UnchangedCard


GuideSlug = NewType("GuideSlug", str)
"""The guide's file name without its ending."""


@dataclass(frozen=True, slots=True)
class ProvedDeck:
    """Cards of one guide: each shows no Python, or carries the proof that it holds or the mark that it fails.

    Only `cards.build.gate` makes one, and exporters and the store take nothing else.
    """

    slug: GuideSlug
    title: str
    cards: tuple[Card, ...]
    """In the guide's order."""

    @property
    def entries(self) -> tuple[Card, ...]:
        """The cards: nothing is taken from another build."""
        return self.cards


@dataclass(frozen=True, slots=True)
class ProvedRevision:
    """A proved deck of which most cards are the last build's, and are where that build brought them.

    Only `cards.build.gate` makes one.
    """

    slug: GuideSlug
    title: str
    entries: tuple[Card | UnchangedCard, ...]
    """In the guide's order."""
