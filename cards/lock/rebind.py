"""Relink a card to a retired one by hand, and undo that."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cards.card.card import CardId, CardKey
from cards.errors import LockError
from cards.lock.reconcile import new_id

if TYPE_CHECKING:
    from cards.lock.lock import Lock, LockedCard


def find_card(lock: Lock, named: str) -> LockedCard:
    """Return the card whose identity starts with what a person typed; raise LockError if not one does."""
    exact = [card for card in lock.cards if card.id == named]
    found = exact or [card for card in lock.cards if named and card.id.startswith(named)]
    if not found:
        raise LockError(f"{named}: no card of this guide; `proofdeck cards` lists them.")
    if len(found) > 1:
        some = ", ".join(card.id for card in found[:4])
        raise LockError(f"{named}: several cards start so ({some}); type more of it.")
    return found[0]


def relink(lock: Lock, old: LockedCard, new: LockedCard) -> Lock:
    """Return the lock in which the new card is the old one, with its identity and so its history.

    The identity that the new card had is retired and never given again.
    """
    if new.retired:
        raise LockError(f"{new.id}: this card is retired; name one that the guide makes now.")
    if not old.retired:
        raise LockError(f"{old.id}: the guide still makes this card; only a retired one can become another.")
    heir = replace(new, id=old.id, digest="", changed_at=max(old.changed_at, new.changed_at), was=old.key)
    emptied = replace(new, retired=True, was=CardKey(""))
    return replace(
        lock,
        cards=tuple(
            heir if card.id == new.id else emptied if card.id == old.id else card for card in lock.cards
        ),
    )


def unlink(lock: Lock, card: LockedCard) -> tuple[Lock, CardId]:
    """Take a card's last rebinding back: it is retired under its old key, and a new card stands in its place.

    Return the lock and the new card's identity.
    """
    if card.retired or not card.was:
        raise LockError(f"{card.id}: this card was not rebound, so there is nothing to take back.")
    # A card that had an identity of its own before `relink` gets it back.
    before = next((other for other in lock.cards if other.retired and other.key == card.key), None)
    identity = before.id if before else new_id(lock.id, card.key, {other.id for other in lock.cards})
    fresh = replace(card, id=identity, digest="", was=CardKey(""))
    retired = replace(card, key=card.was, retired=True, was=CardKey(""))
    kept = tuple(fresh if other.id == card.id else other for other in lock.cards if other is not before)
    return replace(lock, cards=(*kept, retired)), identity
