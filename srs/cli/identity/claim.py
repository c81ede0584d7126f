"""Decide which guide of the store a file is, from its lock, its place and its words.

A guide keeps its identity under every name and in every place. What could be a copy is never guessed: a
person says so.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    from cards.card.card import CardId
    from cards.lock.lock import LockHead
    from srs.store.read_only import KnownGuide, KnownWords

MIN_SAME_DRAFTS = 0.5
"""The part of a file's cards that must have the words of a guide's, for the file to be that guide."""
MIN_SAME_CARDS = 0.25
"""The part of the guide's cards, of which some are made only after its code has run."""
MIN_SHARED_CARDS = 0.5
"""The part of the cards that two builds of one guide share, of the one with fewer."""


class GuideMatch(Enum):
    """What a file is."""

    SAME = auto()
    """The guide that it was."""
    MOVED = auto()
    """A guide that lay elsewhere, where it no longer is."""
    ELSEWHERE = auto()
    """A guide that lies elsewhere too, under the same name, as in two clones of one repository."""
    NAMESAKE = auto()
    """A guide with an old lock whose identity, its name, is that of another guide."""
    REPLACED = auto()
    """A guide that was built here before, whose lock was made by another build since: by a colleague's."""
    NEW = auto()
    """A guide that nobody has seen."""
    IN_DOUBT = auto()
    """A guide that lies elsewhere too, moved from there or copied."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What a file is, and the guide of the store that this is about."""

    finding: GuideMatch
    guide: KnownGuide | None = None


@dataclass(frozen=True, slots=True)
class LockInPlace:
    """A lock on disk: whose it is, and the cards in use that it holds."""

    head: LockHead
    cards: frozenset[CardId]


def claim_of_lock(
    own: LockInPlace,
    slug: str,
    place: str,
    known: KnownGuide | None,
    known_cards: frozenset[CardId],
    there: LockHead | None,
) -> Claim:
    """Return what a file with a lock is.

    `known` is the guide of its lock's identity, as the store has it, with `known_cards`; `there` is the head
    of the lock where the store knows it, None where no guide with a lock is any more.
    """
    if known is None or known.path == place:
        return Claim(GuideMatch.SAME, known)
    if not own.head.made_id and not _share_cards(own.cards, known_cards):
        return Claim(GuideMatch.NAMESAKE, known)
    if known.path is None:
        return Claim(GuideMatch.SAME, known)
    if there is None or there.id != own.head.id:
        return Claim(GuideMatch.MOVED, known)
    return Claim(
        GuideMatch.ELSEWHERE if own.head.guide == there.guide == slug else GuideMatch.IN_DOUBT, known
    )


def has_given_up(words: Counter[str], makes: Collection[str], made: Collection[str]) -> bool:
    """Tell whether a guide no longer makes a file's cards, but others of its own: a part of it moved there.

    `words` are those of the file's cards, `makes` those that the guide makes now, `made` those of its cards
    at its last build.
    """
    left = sum(number for each, number in words.items() if each in makes)
    return left < MIN_SAME_DRAFTS * words.total() and any(each in makes for each in made)


def _share_cards(one: frozenset[CardId], other: frozenset[CardId]) -> bool:
    shorter = min(len(one), len(other))
    return len(one & other) >= MIN_SHARED_CARDS * shorter if shorter else True


def claim_of_words(
    drafts: Sequence[str],
    guides: Iterable[KnownGuide],
    words: Iterable[KnownWords],
    exists: Callable[[str], bool],
) -> Claim:
    """Return what a file without a lock is, given the words of its cards and of all cards of the store.

    Of several guides with its words one that is gone from its place comes first, then the one with most.
    """
    wanted = Counter(drafts)
    active, all_cards = Counter[str](), Counter[str]()
    found: dict[str, Counter[str]] = {}
    for card in words:
        all_cards[card.guide] += 1
        active[card.guide] += not card.retired
        if card.words in wanted:
            found.setdefault(card.guide, Counter())[card.words] += 1
    likely: list[tuple[bool, int, str, KnownGuide]] = []
    for guide in guides:
        same = (wanted & found.get(guide.id, Counter())).total()
        cards = active[guide.id] or all_cards[guide.id]
        if same and same >= MIN_SAME_DRAFTS * len(drafts) and same >= MIN_SAME_CARDS * cards:
            is_there = guide.path is not None and exists(guide.path)
            likely.append((not is_there, same, guide.id, guide))
    if not likely:
        return Claim(GuideMatch.NEW)
    is_gone, *_, best = max(likely)
    return Claim(GuideMatch.MOVED if is_gone else GuideMatch.IN_DOUBT, best)
