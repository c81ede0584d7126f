"""The build cache: results that the next build can reuse, in a file that may be deleted at any time."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from cards.card.card import CardId, UnchangedCard
from cards.card.kind import CardKind
from cards.guide.element import HeadingForm
from cards.guide.heading.features import HeadingFeatures
from cards.guide.importance import Importance

if TYPE_CHECKING:
    from collections.abc import Container

    from cards.guide.guide import QuestionSlug


class SharedFront(NamedTuple):
    """A card whose front other cards of the deck have too, by digests of its words."""

    front: str
    """Its front as the card was made."""
    answer: str
    """Its back."""
    labelled: str
    """Its front with the label that would tell it from the others."""
    told: int
    """How it was told from them, a `Distinction`."""


class FrontsOfQuestion(NamedTuple):
    """The fronts of a question's cards, by digests of their words."""

    alone: tuple[str, ...] = ()
    """Those that no other card of the deck has."""
    shared: tuple[SharedFront, ...] = ()


class CachedChunk(NamedTuple):
    """The results of a chunk whose cards depend only on its text and on their lines in the lock."""

    title: str
    """The guide's title, if the chunk holds it."""
    questions: tuple[tuple[QuestionSlug, str, str], ...]
    """Slug, title and section of each question."""
    cards: tuple[tuple[CardId, CardKind, int, int, int, int | None, Importance | None, str], ...]
    """Identity, kind, place of its question, time of change, how many lines below the chunk's start, place of
    its block, what its author says of its importance, and the term that it defines."""
    lock: str
    """Digest of the cards' lines in the lock."""
    fronts: tuple[str, ...] = ()
    """Digests of the fronts that no other card of the deck has."""
    shared_fronts: tuple[SharedFront, ...] = ()
    """The cards whose fronts others have, before they were told apart."""

    def unchanged_cards(self, path: str, lines_before: int) -> list[UnchangedCard]:
        """Return the cards, given the guide's path and how many lines stand before the chunk."""
        return [
            UnchangedCard(
                identity,
                kind,
                self.questions[place][0],
                changed_at,
                path,
                lines_before + line,
                block,
                said,
                term,
            )
            for identity, kind, place, changed_at, line, block, said, term in self.cards
        ]


@dataclass(frozen=True, slots=True)
class BuildCache:
    """The cached results of a guide's segments and chunks; empty unless a build filled it."""

    features: dict[str, tuple[HeadingFeatures, ...]] = field(default_factory=dict)
    """The headings of each segment, by its digest."""
    chunks: dict[str, CachedChunk] = field(default_factory=dict)
    """The cached chunks by their keys."""

    def without(self, keys: Container[str]) -> BuildCache:
        """Return the cache without the chunks of these keys."""
        return BuildCache(self.features, {key: each for key, each in self.chunks.items() if key not in keys})


def encode_cache(cache: BuildCache) -> bytes:
    """Return the cache as a file's content."""
    content = json.dumps([cache.features, cache.chunks], separators=(",", ":")).encode()
    return sha256(content).hexdigest().encode() + b"\n" + content


def decode_cache(content: bytes) -> BuildCache:
    """Return the cache that `encode_cache` was given; raises ValueError for any other content."""
    digest, _, rest = content.partition(b"\n")
    if digest != sha256(rest).hexdigest().encode():
        raise ValueError("not what was written")
    features, chunks = json.loads(rest)
    return BuildCache(
        {
            digest: tuple(
                HeadingFeatures(level, words, answered, HeadingForm(form), asked, _importance(said))
                for level, words, answered, form, asked, said in headings
            )
            for digest, headings in features.items()
        },
        {
            key: CachedChunk(
                title,
                tuple((slug, asked, section) for slug, asked, section in questions),
                tuple(
                    (card, CardKind(kind), *rest, _importance(said), term)
                    for card, kind, *rest, said, term in cards
                ),
                lock,
                tuple(fronts),
                tuple(SharedFront(*one) for one in shared_fronts),
            )
            for key, (title, questions, cards, lock, fronts, shared_fronts) in chunks.items()
        },
    )


def _importance(number: int | None) -> Importance | None:
    return None if number is None else Importance(number)
