"""Match the cards of a build with those in the lock, so that they keep their identities.

Only cards that vanished are compared with cards that appeared, tier by tier, the surest first. A wrong
rebinding gives one card another card's history, which is far worse than a missed one: every tier asks for
words that point to one card only, and what is left in doubt is reported for a person to settle.
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cards.card.card import CardId, CardKey, Draft
from cards.lock.compared_card import compare_draft, compare_locked_card
from cards.lock.matcher import Matcher

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from cards.lock.compared_card import ComparedCard
    from cards.lock.lock import LockedCard
    from cards.lock.matcher import MatchReason


@dataclass(frozen=True, slots=True)
class BoundDraft:
    """A draft with its identity, and that card's entry in the last lock."""

    draft: Draft
    id: CardId
    before: LockedCard | None
    """None for a new card."""
    reason: MatchReason | None = None
    """None for a new card."""


@dataclass(frozen=True, slots=True)
class PossibleMatch:
    """A new card that may be one of several vanished ones, or the reverse; a person decides."""

    new: CardId
    candidates: tuple[CardId, ...]
    """The likely ones, best first."""


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """Every draft with its identity, and the remembered cards that no draft stands for."""

    bound: tuple[BoundDraft, ...]
    """In the drafts' order."""
    vanished: tuple[LockedCard, ...]
    """In the lock's order; those already retired among them."""
    doubts: tuple[PossibleMatch, ...] = ()


def reconcile(
    guide: str,
    remembered: Sequence[LockedCard],
    drafts: Sequence[Draft],
    sections: Mapping[str, str],
    given: Iterable[CardId] = (),
) -> Reconciliation:
    """Return every draft with an identity: one of the lock's where the match is sure, else a new one.

    `sections` names each question's section. Keys are unique among the drafts. A retired card whose key or
    content comes back is that card again. No new card gets an identity that is already `given`.
    """
    if not remembered:
        return _bind_drafts(guide, (), drafts, {}, {}, set(given))
    matcher = Matcher(
        *_compare_locked_cards(remembered),
        [compare_draft(place, draft, sections) for place, draft in enumerate(drafts)],
        sections,
    )
    ties = matcher.match()
    return _bind_drafts(
        guide, remembered, drafts, ties, matcher.doubts(), {*given, *(card.id for card in remembered)}
    )


def change_time(bound: BoundDraft, digest: str, now: int) -> int:
    """Return the card's change time in seconds: the old one while its content stays, else a later one."""
    before = bound.before
    if before is None:
        return now
    return before.changed_at if before.digest == digest else max(now, before.changed_at + 1)


def _compare_locked_cards(
    remembered: Sequence[LockedCard],
) -> tuple[list[ComparedCard], list[ComparedCard]]:
    """Return the active and the retired cards as they are compared."""
    cards = [(card.retired, compare_locked_card(place, card)) for place, card in enumerate(remembered)]
    return [card for retired, card in cards if not retired], [card for retired, card in cards if retired]


def _bind_drafts(
    guide: str,
    remembered: Sequence[LockedCard],
    drafts: Sequence[Draft],
    ties: dict[int, tuple[int, MatchReason]],
    doubtful: dict[int, list[int]],
    taken: set[CardId],
) -> Reconciliation:
    bound: list[BoundDraft] = []
    for place, draft in enumerate(drafts):
        if place in ties:
            old, tie = ties[place]
            bound.append(BoundDraft(draft, remembered[old].id, remembered[old], tie))
        else:
            identity = new_id(guide, draft.key, taken)
            taken.add(identity)
            bound.append(BoundDraft(draft, identity, None))
    kept = {old for old, _ in ties.values()}
    return Reconciliation(
        tuple(bound),
        tuple(card for place, card in enumerate(remembered) if place not in kept),
        tuple(
            PossibleMatch(bound[new].id, tuple(remembered[old].id for old in olds))
            for new, olds in sorted(doubtful.items())
        ),
    )


def new_id(guide: str, key: CardKey, taken: set[CardId]) -> CardId:
    """Return an identity made from guide and key, different from every one that was ever given."""
    count = 0
    while True:
        digest = hashlib.sha256(f"{guide}\n{key}\n{count}".encode()).digest()
        identity = CardId(base64.b32encode(digest[:10]).decode().lower())
        if identity not in taken:
            return identity
        count += 1
