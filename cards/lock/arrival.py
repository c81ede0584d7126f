"""Take cards in that stood in another guide, so that a question keeps its history when it moves."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from cards.card import sides
from cards.lock.matcher import MatchReason
from cards.lock.reconcile import BoundDraft

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from cards.card.card import Draft
    from cards.lock.lock import LockedCard
    from cards.lock.reconcile import Reconciliation

    CardsElsewhere = Callable[[Collection[str]], Iterable[LockedCard]]
    """Returns the cards with some words that vanished from other guides."""


def take_in(reconciliation: Reconciliation, elsewhere: CardsElsewhere) -> Reconciliation:
    """Return the drafts, each new one that has the words of one vanished card of another guide as that card.

    Words that two new drafts or two vanished cards have point to none of them.
    """
    new = {_words(bound.draft): bound for bound in reconciliation.bound if bound.before is None}
    if not new:
        return reconciliation
    fresh = Counter(_words(bound.draft) for bound in reconciliation.bound if bound.before is None)
    known = {bound.id for bound in reconciliation.bound if bound.before is not None}
    found: dict[str, list[LockedCard]] = {}
    for card in elsewhere(new):
        if card.id not in known:
            found.setdefault(f"{card.front}\n{card.back}", []).append(card)
    arrived = {
        new[words].id: BoundDraft(new[words].draft, cards[0].id, cards[0], MatchReason.GUIDE)
        for words, cards in found.items()
        if words in new and len(cards) == fresh[words] == 1
    }
    if not arrived:
        return reconciliation
    return replace(
        reconciliation,
        bound=tuple(arrived.get(bound.id, bound) for bound in reconciliation.bound),
        doubts=tuple(doubt for doubt in reconciliation.doubts if doubt.new not in arrived),
    )


def _words(draft: Draft) -> str:
    return f"{sides.words(draft.front)}\n{sides.words(draft.back)}"
