"""What of a build the next one can take over, as a file that may be deleted at any time."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from cards.card.card import CardId, UnchangedCard
from cards.card.kind import CardKind
from cards.guide.heading import HeadingFeatures

if TYPE_CHECKING:
    from cards.guide.guide import QuestionSlug


class CachedChunk(NamedTuple):
    """The outcome of a sheet whose cards depend on nothing but the sheet and their lines in the lock."""

    title: str
    """The guide's, if the sheet names it."""
    questions: tuple[tuple[QuestionSlug, str, str], ...]
    """Slug, title and section of each."""
    cards: tuple[tuple[CardId, CardKind, int, int, int], ...]
    """Identity, kind, the place of its question, time of change, and its distance from the sheet's start."""
    lock: str
    """Digest of their lines in the lock."""

    def kept(self, path: str, before: int) -> list[UnchangedCard]:
        """Return the cards, given the guide's path and how many lines stand before the sheet."""
        return [
            UnchangedCard(identity, kind, self.questions[place][0], changed_at, path, before + line)
            for identity, kind, place, changed_at, line in self.cards
        ]


@dataclass(frozen=True, slots=True)
class BuildCache:
    """What is remembered of the parts of a guide."""

    signs: dict[str, tuple[HeadingFeatures, ...]] = field(default_factory=dict)
    """The headings of each stretch, by the digest of its text."""
    chunks: dict[str, CachedChunk] = field(default_factory=dict)
    """By the sheet's key."""


def digest_of_values(*parts: object) -> str:
    """Return a digest of texts, numbers and tuples of them."""
    return sha256(repr(parts).encode("utf-8", "surrogatepass")).hexdigest()[:24]


def encode_cache(memory: BuildCache) -> bytes:
    """Return the memory as a file's content."""
    content = json.dumps([memory.signs, memory.chunks], separators=(",", ":")).encode()
    return sha256(content).hexdigest().encode() + b"\n" + content


def decode_cache(content: bytes) -> BuildCache:
    """Return the memory that `encode_cache` was given; raises ValueError for any other content."""
    digest, _, rest = content.partition(b"\n")
    if digest != sha256(rest).hexdigest().encode():
        raise ValueError("not what was written")
    signs, leaves = json.loads(rest)
    return BuildCache(
        {digest: tuple(HeadingFeatures(*sign) for sign in some) for digest, some in signs.items()},
        {
            key: CachedChunk(
                title,
                tuple((slug, asked, section) for slug, asked, section in questions),
                tuple((card, CardKind(kind), *rest) for card, kind, *rest in cards),
                lock,
            )
            for key, (title, questions, cards, lock) in leaves.items()
        },
    )
