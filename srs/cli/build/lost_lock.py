"""Rebuild a missing lock from the store's cards, so that they keep their identities."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cards.card.card import CardKey
from cards.guide.heading import slug_of
from cards.lock.lock import Lock, LockedCard
from srs.store.read_only import read_known_cards

if TYPE_CHECKING:
    from srs.cli.build.guide_file import GuideFile
    from srs.cli.context import CommandContext


def lock_from_store(file: GuideFile, context: CommandContext) -> Lock | None:
    """Return a lock with the identities of the store's cards; None where the store knows none of this guide.

    Its keys match no card, so that each is known again by its words alone; and as nobody remembers when a
    card last changed, all count as changed now.
    """
    slug = slug_of(file.path.stem) or "guide"
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
        for card in read_known_cards(context.store_file, slug)
    )
    return Lock(slug, cards) if cards else None
