"""The deck of a guide after the gate: the only thing that a store or an exporter takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NewType

from cards.card.card import Card

if TYPE_CHECKING:
    from cards.card.card import CardId, UnchangedCard
    from cards.card.picture import PictureFile


GuideSlug = NewType("GuideSlug", str)
"""The guide's file name without its ending."""


@dataclass(frozen=True, slots=True)
class ProvedDeck:
    """Cards of one guide: each shows no Python, or carries the proof that it holds or the mark that it fails.

    Only `cards.build.gate` makes one, and exporters and the store take nothing else.
    """

    slug: GuideSlug
    title: str
    cards: tuple[Card | UnchangedCard, ...]
    """In the guide's order. Unchanged ones are only named: they are where the last build brought them."""
    held: tuple[CardId, ...] = ()
    """Cards that are kept out until their code holds again."""
    pictures: tuple[PictureFile, ...] = ()
    """The files of all pictures on the cards."""
    stated_name: str = ""
    """The name that its author gives the deck, `::` between its levels; empty where its title is its name."""

    @property
    def has_unchanged_cards(self) -> bool:
        """Whether it is complete only together with what the last build wrote."""
        return any(not isinstance(card, Card) for card in self.cards)

    @property
    def whole_cards(self) -> tuple[Card, ...]:
        """The cards of a build without a cache; raises ValueError for a deck with unchanged cards."""
        whole = tuple(card for card in self.cards if isinstance(card, Card))
        if len(whole) < len(self.cards):
            raise ValueError(f"{self.slug}: unchanged cards are only named")
        return whole
