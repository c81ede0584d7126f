"""Find the old and new cards that may be one by the words they share, so that not each meets each."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

from cards.lock.compared_card import normalized_words

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping, Sequence

    from cards.lock.compared_card import ComparedCard

MAX_PAIRS_OF_ALL = 4096
"""The most pairs of a group that are all compared: 64 old cards with 64 new ones."""
MAX_PARTNERS = 12
"""The most partners of a card of a larger group: those that share most of its rare words."""
_MAX_LOOKED_UP = 400
"""The most cards that are looked up for one card by its words, the rarest word first."""


def likely_pairs(
    olds: Sequence[ComparedCard], news: Sequence[ComparedCard]
) -> list[tuple[ComparedCard, ComparedCard]]:
    """Return the pairs worth comparing, in order: all of a small group, of a large one those alike in words.

    Each card of a large group has the partners that are likest to it on either side, so that a partner that
    is clearly the best has been held against its rivals. A card whose rarest word is everywhere has none.
    """
    if len(olds) * len(news) <= MAX_PAIRS_OF_ALL:
        return [(old, new) for old in olds for new in news]
    traits_of_old, traits_of_new = ([_traits(card) for card in cards] for cards in (olds, news))
    pairs = {(old, new) for new, old in _partners(traits_of_new, traits_of_old)}
    pairs.update(_partners(traits_of_old, traits_of_new))
    return [(olds[old], news[new]) for old, new in sorted(pairs)]


def _traits(card: ComparedCard) -> frozenset[Hashable]:
    """Return a card's words, and each two that stand side by side: most of these are rare."""
    words = normalized_words(card.words)
    return frozenset((*words, *pairwise(words)))


def _partners(
    cards: Sequence[frozenset[Hashable]], others: Sequence[frozenset[Hashable]]
) -> Iterable[tuple[int, int]]:
    """Yield the place of each card with those of the others that share most of its rare traits."""
    places: dict[Hashable, list[int]] = defaultdict(list)
    for place, traits in enumerate(others):
        for trait in traits:
            places[trait].append(place)
    for place, traits in enumerate(cards):
        shared = Counter(_looked_up(traits, places))
        best = sorted(shared, key=lambda other: (-shared[other], other))[:MAX_PARTNERS]
        yield from ((place, other) for other in best)


def _looked_up(traits: Iterable[Hashable], places: Mapping[Hashable, list[int]]) -> list[int]:
    """Return the places of others for each trait that they share, the rarest first, up to a bound."""
    found: list[int] = []
    known = [places[trait] for trait in traits if trait in places]
    for others in sorted(known, key=lambda places: (len(places), places)):
        if len(found) + len(others) > _MAX_LOOKED_UP:
            break
        found += others
    return found
