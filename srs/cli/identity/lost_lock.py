"""Rebuild a missing lock from the store's cards, so that they keep their identities."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cards.card.card import CardKey
from cards.card.deck import GuideId
from cards.lock.lock import Lock, LockedCard, lost_key
from srs.store.read_only import read_known_cards, read_last_contents

if TYPE_CHECKING:
    from srs.cli.context import CommandContext
    from srs.store.read_only import KnownCard, LastContent


def lock_from_store(slug: str, guide: str, context: CommandContext) -> Lock:
    """Return a lock with the identities of the store's cards of a guide.

    A card of which the store does not remember when it last changed counts as changed now.
    """
    contents = read_last_contents(context.store_file, guide)
    cards = [
        card_with_lost_key(card, contents.get(card.id))
        for card in read_known_cards(context.store_file, guide)
    ]
    return Lock(slug, tuple(cards), made_id=GuideId(guide))


def card_with_lost_key(card: KnownCard, content: LastContent | None) -> LockedCard:
    """Return a card of the store as a lock would remember it, but for its key, with what it showed last."""
    digest, changed_at = (content.digest, content.changed_at) if content else ("", 0)
    key = lost_key(card.question, card.kind, card.id)
    return replace(locked_card(card), key=key, digest=digest, changed_at=changed_at)


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
