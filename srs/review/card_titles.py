"""What the section and the question of a card are called in the guide."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from cards.regex import regex

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_SECTION_TAG = "section::"
_WORD = regex(r"[^\W_]+")


class FiledCard(NamedTuple):
    """What a card is filed under."""

    guide: str
    question: str
    """The question's slug."""
    section: str
    """The section's slug; empty where its question stands in none."""
    breadcrumb: tuple[str, ...]
    """Section and question as the guide has them, without what would give the card's answer away."""


class CardTitles(NamedTuple):
    """The words of sections and questions, by guide and slug."""

    sections: dict[tuple[str, str], str]
    questions: dict[tuple[str, str], str]

    def section(self, guide: str, slug: str) -> str:
        """Return a section's words; those of its slug where no card has them."""
        return self.sections.get((guide, slug)) or slug.replace("-", " ")

    def question(self, guide: str, slug: str) -> str:
        """Return a question's words; those of its slug where no card has them."""
        return self.questions.get((guide, slug)) or slug.replace("-", " ")


def section_of(tags: Iterable[str]) -> str:
    """Return the slug of the section that a card's tags name; empty for none."""
    return next((tag.removeprefix(_SECTION_TAG) for tag in tags if tag.startswith(_SECTION_TAG)), "")


def card_titles(
    cards: Iterable[FiledCard], questions: Mapping[tuple[str, str], str] = MappingProxyType({})
) -> CardTitles:
    """Return what the sections and questions of some cards are called: mostly some card has each whole.

    `questions` are the words of the questions that guides have now, by guide and slug.
    """
    titles = CardTitles({}, {})
    for card in cards:
        words = list(card.breadcrumb)
        if card.section and words and (len(words) > 1 or _is_slug_of(card.section, words[0])):
            titles.sections.setdefault((card.guide, card.section), words.pop(0))
        if words:
            titles.questions.setdefault((card.guide, card.question), words[-1])
    for place, title in questions.items():
        titles.questions.setdefault(place, title)
    return titles


def _is_slug_of(slug: str, words: str) -> bool:
    """Tell whether a slug, which may be cut, is that of some words."""
    return bool(slug) and "-".join(_WORD.findall(words.casefold())).startswith(slug)
