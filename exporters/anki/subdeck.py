"""Subdecks: a deck in Anki for each section of a guide, below that of the guide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cards.card.card import Card
from cards.guide.heading.slug import slug_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from cards.card.card import CardId
    from cards.card.deck import ProvedDeck

_SECTION_TAG = "section::"


def section_titles(deck: ProvedDeck) -> dict[CardId, str]:
    """Return the title of the section that each card stands under; a card without a section is left out.

    A card that would give its section's title away has only its tag: then the others say the title.
    """
    sections = {
        card.id: section for card in deck.cards if isinstance(card, Card) and (section := _section(card))
    }
    titles: dict[str, str] = {}
    for card in deck.whole_cards:
        section = sections.get(card.id, "")
        if section and card.breadcrumb and slug_of(card.breadcrumb[0]) == section:
            titles[section] = card.breadcrumb[0]
    return {card: titles.get(section, section.replace("-", " ")) for card, section in sections.items()}


def subdeck_names(deck: ProvedDeck, name: str, level_name: Callable[[str], str]) -> dict[CardId, str]:
    """Return the deck in Anki of each card that stands under a section, below the deck of that name."""
    titles = section_titles(deck).items()
    return {card: f"{name}::{level}" for card, title in titles if (level := level_name(title))}


def _section(card: Card) -> str:
    found = (tag.removeprefix(_SECTION_TAG) for tag in card.tags if tag.startswith(_SECTION_TAG))
    return next(found, "")
