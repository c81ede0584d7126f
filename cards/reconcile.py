"""Which new card is which old card: a pure function from what is remembered and what was made."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cards.card import CardId, CardKey, Draft

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cards.lock import LockedCard


@dataclass(frozen=True, slots=True)
class Bound:
    """A draft, the identity it has, and what is remembered of it."""

    draft: Draft
    id: CardId
    before: LockedCard | None
    """None for a new card."""


@dataclass(frozen=True, slots=True)
class Bindings:
    """Every draft with its identity, and the remembered cards that no draft stands for."""

    bound: tuple[Bound, ...]
    """In the drafts' order."""
    vanished: tuple[LockedCard, ...]
    """In the lock's order; those already retired among them."""


def reconcile(guide: str, remembered: Sequence[LockedCard], drafts: Sequence[Draft]) -> Bindings:
    """Give every draft its identity: the remembered one where the key is the same, else a new one.

    Keys are unique among the drafts. A retired card whose key comes back is that card again.
    """
    by_key = {card.key: card for card in remembered}
    taken = {card.id for card in remembered}
    bound: list[Bound] = []
    for draft in drafts:
        before = by_key.pop(draft.key, None)
        identity = before.id if before else _new_id(guide, draft.key, taken)
        taken.add(identity)
        bound.append(Bound(draft, identity, before))
    return Bindings(tuple(bound), tuple(by_key.values()))


def changed_at(bound: Bound, digest: str, now: int) -> int:
    """Return the card's change time in seconds: the old one while it shows the same, else later than it."""
    before = bound.before
    if before is None or not before.digest:
        return now
    return before.changed_at if before.digest == digest else max(now, before.changed_at + 1)


def _new_id(guide: str, key: CardKey, taken: set[CardId]) -> CardId:
    """Return an identity made from guide and key, different from every one that was ever given."""
    count = 0
    while True:
        digest = hashlib.sha256(f"{guide}\n{key}\n{count}".encode()).digest()
        identity = CardId(base64.b32encode(digest[:10]).decode().lower())
        if identity not in taken:
            return identity
        count += 1
