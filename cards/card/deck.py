"""The deck of a guide after the gate: the only thing that a store or an exporter takes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NewType

from cards.card.card import Card
from cards.card.introduction import IntroducedCard, introductions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cards.card.card import CardId, UnchangedCard
    from cards.card.introduction import Introduction
    from cards.card.picture import PictureFile


GuideSlug = NewType("GuideSlug", str)
"""The guide's file name without its ending."""

GuideId = NewType("GuideId", str)
"""What a guide is known by wherever it lies: made once, kept by its lock and by the store."""

NO_ID = GuideId("")
"""Of a guide whose name is its identity, as that of every old lock."""


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
    made_id: GuideId = NO_ID
    """The identity that was made for the guide; empty where its name is its identity."""
    name: str = ""
    """What the deck is called where that is not its title, `::` between its levels."""
    questions: tuple[tuple[str, str], ...] = ()
    """The slug and the title of each question: a card may show none, as it would give its answer away."""
    known_introductions: list[tuple[Introduction, ...]] = field(
        default_factory=list, init=False, compare=False, repr=False
    )
    """The introductions once they are worked out: a package, its audit and the store ask for them."""

    @property
    def id(self) -> GuideId:
        """The guide's identity."""
        return self.made_id or GuideId(self.slug)

    @property
    def introductions(self) -> tuple[Introduction, ...]:
        """The place of each card in the order in which they are introduced, and its importance."""
        if not self.known_introductions:
            self.known_introductions.append(introductions_of(self.cards))
        return self.known_introductions[0]

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


def introductions_of(cards: Sequence[Card | UnchangedCard]) -> tuple[Introduction, ...]:
    """Return for each card of a guide, in its order, its place as a new card and its importance."""
    return introductions([IntroducedCard(card.slug, card.kind, card.said, card.term) for card in cards])
