"""Join the chunks that a build took over and those it made, in the guide's order."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cards.build.cached_reading import cached_chunk
from cards.lock.lock import card_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from cards.build.built_card import BuiltCard
    from cards.build.cache import CachedChunk
    from cards.build.cached_reading import ReadChunk
    from cards.build.deck_fronts import DeckFronts
    from cards.build.held_card import HeldCard, UnmeasuredCard
    from cards.card.card import Card, CardId, UnchangedCard
    from cards.lock.reconcile import BoundDraft


@dataclass(slots=True)
class JoinedChunks:
    """Cards, lock lines and cache entries of all chunks, in the guide's order."""

    cards: list[Card | UnchangedCard] = field(default_factory=list)
    lock_lines: list[str] = field(default_factory=list)
    unchanged: list[CardId] = field(default_factory=list)
    """The cards that are taken over."""
    chunks: dict[str, CachedChunk] = field(default_factory=dict)
    """The chunks for the next build's cache, by key."""


def join_chunks(
    chunks: Iterable[ReadChunk],
    path: str,
    known_lines: Mapping[CardId, str],
    drafts: Sequence[BoundDraft],
    built_cards: Sequence[BuiltCard],
    fronts: DeckFronts,
    held: Iterable[HeldCard | UnmeasuredCard] = (),
) -> JoinedChunks:
    """Return the cards and lock lines of a guide, given the drafts of its parsed chunks and their cards.

    The cards that are held without a draft stand behind the others of their question.
    """
    cards, lock_lines = _by_question(drafts, built_cards)
    for one in held:
        lock_lines[one.question].append(card_line(one.card))
    joined, known_fronts = JoinedChunks(), fronts.known()
    for chunk in chunks:
        if chunk.cached:
            unchanged = chunk.cached.unchanged_cards(path, chunk.lines_before)
            joined.cards += unchanged
            joined.lock_lines += [known_lines[card.id] for card in unchanged]
            joined.unchanged += [card.id for card in unchanged]
            joined.chunks[chunk.key] = fronts.settled(chunk.cached)
            continue
        for question in chunk.questions:
            joined.cards += cards[question.slug]
            joined.lock_lines += lock_lines[question.slug]
        # Of a question without cards each build tells its author why.
        if chunk.key and all(cards[question.slug] for question in chunk.questions):
            joined.chunks[chunk.key] = cached_chunk(chunk, cards, lock_lines, known_fronts)
    return joined


def _by_question(
    drafts: Sequence[BoundDraft], built_cards: Sequence[BuiltCard]
) -> tuple[dict[str, list[Card]], dict[str, list[str]]]:
    """Return the cards of each question that are in the deck, and the lines of all that ever were."""
    cards: dict[str, list[Card]] = defaultdict(list)
    lock_lines: dict[str, list[str]] = defaultdict(list)
    for bound, built in zip(drafts, built_cards, strict=True):
        if built.lock_line:
            lock_lines[bound.draft.slug].append(built.lock_line)
        if built.card:
            cards[bound.draft.slug].append(built.card)
    return cards, lock_lines
