"""Rebuild a missing lock from the store's cards, so that they keep their identities."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cards.card.card import CardKey
from cards.card.deck import GuideId
from cards.lock.lock import Lock, LockedCard
from srs.store.read_only import read_known_cards

if TYPE_CHECKING:
    from srs.cli.context import CommandContext
    from srs.store.read_only import KnownCard


def lock_from_store(slug: str, guide: str, context: CommandContext) -> Lock:
    """Return a lock with the identities of the store's cards of a guide.

    As nobody remembers when a card last changed, all count as changed now.
    """
    known = read_known_cards(context.store_file, guide)
    return Lock(slug, tuple(replace(locked_card(card), digest="") for card in known), made_id=GuideId(guide))


def locked_card(card: KnownCard) -> LockedCard:
    """Return a card of the store as a lock would remember it.

    Its key matches no card, so that it is known again by its words alone.
    """
    return LockedCard(
        id=card.id,
        key=CardKey(f"{card.question}/{card.kind}/{card.id}"),
        section="",
        front=card.front,
        back=card.back,
        digest=card.digest,
        changed_at=0,
        retired=card.retired,
    )
