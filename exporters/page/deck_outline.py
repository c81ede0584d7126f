"""A deck's cards by section and question, as its page shows them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cards.card.card import Card


@dataclass(frozen=True, slots=True)
class OutlinedQuestion:
    """A question, with its cards in the guide's order."""

    title: str
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class OutlinedSection:
    """A section, with its questions in the guide's order."""

    name: str
    """Empty for what stands in none."""
    questions: tuple[OutlinedQuestion, ...]

    @property
    def cards(self) -> tuple[Card, ...]:
        """The cards of all its questions."""
        return tuple(card for question in self.questions for card in question.cards)


def deck_outline(cards: Sequence[Card]) -> tuple[OutlinedSection, ...]:
    """Return every card once, under its question and section, all in the order of their first cards."""
    whole = {card.slug: card.breadcrumb for card in reversed(cards) if len(card.breadcrumb) > 1}
    by_question: dict[tuple[str, tuple[str, ...]], list[Card]] = {}
    for card in cards:
        above = card.breadcrumb if len(card.breadcrumb) > 1 else whole.get(card.slug, ())
        by_question.setdefault((card.slug, above), []).append(card)
    sections = {card.breadcrumb[0] for card in cards if len(card.breadcrumb) > 1}
    found: dict[str, list[OutlinedQuestion]] = {}
    for of_question in by_question.values():
        section, title = _names(of_question, sections)
        found.setdefault(section, []).append(OutlinedQuestion(title, tuple(of_question)))
    return tuple(OutlinedSection(name, tuple(questions)) for name, questions in found.items())


def _names(cards: Sequence[Card], sections: set[str]) -> tuple[str, str]:
    """Return the section and the words of a question.

    A card leaves out of its breadcrumb what would give its answer away, so any of them may say both.
    """
    longest = max((card.breadcrumb for card in cards), key=len)
    if len(longest) > 1:
        return longest[0], longest[1]
    section = next((part for card in cards for part in card.breadcrumb if part in sections), "")
    title = next((part for card in cards for part in card.breadcrumb if part not in sections), "")
    if not title:
        words = cards[0].slug.replace("-", " ")
        title = f"{words[:1].upper()}{words[1:]}"
    return section, title
