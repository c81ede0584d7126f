"""What of a build the next one can take over, as a file that may be deleted at any time."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from cards.card.card import CardId, Kept
from cards.card.kind import Kind
from cards.guide.heading import Sign

if TYPE_CHECKING:
    from cards.guide.guide import QuestionSlug


class Leaf(NamedTuple):
    """The outcome of a sheet whose cards depend on nothing but the sheet and their lines in the lock."""

    title: str
    """The guide's, if the sheet names it."""
    questions: tuple[tuple[QuestionSlug, str, str], ...]
    """Slug, title and section of each."""
    cards: tuple[tuple[CardId, Kind, int, int, int], ...]
    """Identity, kind, the place of its question, time of change, and its distance from the sheet's start."""
    lock: str
    """Digest of their lines in the lock."""

    def kept(self, path: str, before: int) -> list[Kept]:
        """Return the cards, given the guide's path and how many lines stand before the sheet."""
        return [
            Kept(identity, kind, self.questions[place][0], changed_at, path, before + line)
            for identity, kind, place, changed_at, line in self.cards
        ]


@dataclass(frozen=True, slots=True)
class Memory:
    """What is remembered of the parts of a guide."""

    signs: dict[str, tuple[Sign, ...]] = field(default_factory=dict)
    """The headings of each stretch, by the digest of its text."""
    leaves: dict[str, Leaf] = field(default_factory=dict)
    """By the sheet's key."""


def digest_of(*parts: object) -> str:
    """Return a digest of texts, numbers and tuples of them."""
    return sha256(repr(parts).encode("utf-8", "surrogatepass")).hexdigest()[:24]


def encode(memory: Memory) -> bytes:
    """Return the memory as a file's content."""
    content = json.dumps([memory.signs, memory.leaves], separators=(",", ":")).encode()
    return sha256(content).hexdigest().encode() + b"\n" + content


def decode(content: bytes) -> Memory:
    """Return the memory that `encode` was given; raises ValueError for any other content."""
    digest, _, rest = content.partition(b"\n")
    if digest != sha256(rest).hexdigest().encode():
        raise ValueError("not what was written")
    kinds = {kind.value: kind for kind in Kind}
    signs, leaves = json.loads(rest)
    return Memory(
        {digest: tuple(Sign(*sign) for sign in some) for digest, some in signs.items()},
        {
            key: Leaf(
                title,
                tuple((slug, asked, section) for slug, asked, section in questions),
                tuple((card, kinds[kind], *rest) for card, kind, *rest in cards),
                lock,
            )
            for key, (title, questions, cards, lock) in leaves.items()
        },
    )
