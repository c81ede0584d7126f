"""Rebuild a missing lock from the store's cards, so that they keep their identities."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cards.card.card import CardKey
from cards.card.deck import GuideId
from cards.lock.lock import Lock, LockedCard
from srs.store.read_only import read_known_cards

if TYPE_CHECKING:
    from srs.cli.context import CommandContext


def lock_from_store(slug: str, guide: str, context: CommandContext) -> Lock:
    """Return a lock with the identities of the store's cards of a guide.

    Its keys match no card, so that each is known again by its words alone; and as nobody remembers when a
    card last changed, all count as changed now.
    """
    cards = tuple(
        LockedCard(
            id=card.id,
            key=CardKey(f"{card.question}/{card.kind}/{card.id}"),
            section="",
            front=card.front,
            back=card.back,
            digest="",
            changed_at=0,
            retired=card.retired,
        )
        for card in read_known_cards(context.store_file, guide)
    )
    return Lock(slug, cards, made_id=GuideId(guide))
