"""Take in cards that the lock does not have so: they stood in another guide, or the lock is an old one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cards.card import sides
from cards.lock.matcher import MatchReason
from cards.lock.reconcile import BoundDraft

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    from cards.card.card import CardId, Draft
    from cards.lock.lock import LockedCard
    from cards.lock.reconcile import Reconciliation

    CardsElsewhere = Callable[[Collection[str]], Iterable[LockedCard]]
    """Returns the cards with some words: those that vanished from other guides, and this one's in a store."""


_GUESSES = frozenset(
    {
        MatchReason.RENAMED,
        MatchReason.ANSWER,
        MatchReason.SLOT,
        MatchReason.SECTION,
        MatchReason.ELSEWHERE,
        MatchReason.SIBLINGS,
    }
)
"""Reasons that compare words which differ: what has the very words elsewhere is that card."""


def take_in(
    reconciliation: Reconciliation,
    elsewhere: CardsElsewhere,
    reconcile_others: Callable[[Sequence[Draft], Collection[CardId]], Reconciliation],
) -> Reconciliation:
    """Return the drafts, each one that has the words of one card found elsewhere as that card.

    A draft that is surely a card of this guide stays that card. One that was likened to a card of other words
    is asked about too, and the rest is then reconciled without both. Words that two such drafts or two cards
    found have point to none of them.
    """
    drafts: dict[str, list[BoundDraft]] = {}
    for bound in reconciliation.bound:
        if bound.before is None or bound.reason in _GUESSES:
            drafts.setdefault(_words(bound.draft), []).append(bound)
    if not drafts:
        return reconciliation
    known = {bound.id for bound in reconciliation.bound if bound.before is not None}
    found: dict[str, list[LockedCard]] = {}
    for card in elsewhere(drafts):
        words = f"{card.front}\n{card.back}"
        if card.id not in known and all(card.id != bound.id for bound in drafts.get(words, ())):
            found.setdefault(words, []).append(card)
    arrived = {
        drafts[words][0].draft.key: BoundDraft(
            drafts[words][0].draft,
            cards[0].id,
            cards[0],
            MatchReason.STORE if cards[0].is_key_lost else MatchReason.GUIDE,
        )
        for words, cards in found.items()
        if len(cards) == len(drafts.get(words, ())) == 1 and _has_better_claim(cards[0], drafts[words][0])
    }
    if not arrived:
        return reconciliation
    others = reconcile_others(
        [one.draft for one in reconciliation.bound if one.draft.key not in arrived],
        {one.id for one in arrived.values()},
    )
    bound_as = {one.draft.key: one for one in others.bound} | arrived
    return replace(others, bound=tuple(bound_as[one.draft.key] for one in reconciliation.bound))


def _has_better_claim(card: LockedCard, bound: BoundDraft) -> bool:
    """Tell whether a draft is rather the card that was found than what it is bound to.

    What was retired there may have lived on here, in other words that are taken back now.
    """
    return bound.before is None or bound.reason is MatchReason.RENAMED or not card.retired


def _words(draft: Draft) -> str:
    return f"{sides.words(draft.front)}\n{sides.words(draft.back)}"
