"""The changes that a build made to the cards."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

from cards.card.sides import words
from cards.lock.likeness import is_answered_anew
from cards.lock.matcher import MatchReason

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cards.card.card import CardId
    from cards.lock.lock import LockedCard
    from cards.lock.reconcile import BoundDraft, Reconciliation


@dataclass(frozen=True, slots=True)
class Rebinding:
    """A card that kept its identity although its key changed."""

    id: CardId
    reason: MatchReason
    front: str
    """The words of its present front."""
    was: str
    """The words of its former front."""


@dataclass(frozen=True, slots=True)
class CardWords:
    """A card as a person knows it."""

    id: CardId
    front: str
    back: str


@dataclass(frozen=True, slots=True)
class Rewording:
    """A card of which the words changed."""

    was: CardWords
    now: CardWords


@dataclass(frozen=True, slots=True)
class Doubt:
    """A new card that may be one of several old ones."""

    card: CardWords
    """The new one."""
    old: tuple[CardWords, ...]
    """Best first."""

    @property
    def new(self) -> CardId:
        """The identity of the new card."""
        return self.card.id

    @property
    def candidates(self) -> tuple[CardId, ...]:
        """The identities of the old ones, best first."""
        return tuple(each.id for each in self.old)


@dataclass(frozen=True, slots=True)
class NewAnswer:
    """A card that kept its identity although it is answered otherwise now."""

    id: CardId
    front: str
    """The words of its present front."""
    answer: str
    was: str
    """Its former answer."""


@dataclass(frozen=True, slots=True)
class CardChanges:
    """The identities of a build's cards, by how it changed them."""

    new: tuple[CardId, ...] = ()
    changed: tuple[CardId, ...] = ()
    unchanged: tuple[CardId, ...] = ()
    retired: tuple[CardId, ...] = ()
    revived: tuple[CardId, ...] = ()
    rebound: tuple[Rebinding, ...] = ()
    """Cards that were taken for old ones although their key changed."""
    reworded: tuple[Rewording, ...] = ()
    """Cards in the deck with other words than before, rebound or not."""
    new_answers: tuple[NewAnswer, ...] = ()
    """Cards whose history is that of another answer: who knew the old one does not know this one."""
    doubts: tuple[Doubt, ...] = ()
    """New cards that may be old ones; a person decides with `relink`."""


class CardChange(Enum):
    """How a build changed one card."""

    NEW = auto()
    CHANGED = auto()
    UNCHANGED = auto()
    REVIVED = auto()
    HELD = auto()
    """It is kept out of the deck, whatever it was before."""


def change_of(before: LockedCard | None, digest: str, *, is_shown: bool) -> CardChange:
    """Return how a card changed, given its digest and its entry in the last lock."""
    if before and before.retired:
        return CardChange.REVIVED
    if not is_shown:
        return CardChange.HELD
    if before is None or not before.digest:
        return CardChange.NEW
    return CardChange.UNCHANGED if before.digest == digest else CardChange.CHANGED


def card_changes(
    reconciliation: Reconciliation, changes: Sequence[CardChange], unchanged: Sequence[CardId]
) -> CardChanges:
    """Return the changes of all cards, given each draft's change and the cards that the build took over."""
    by_change: dict[CardChange, list[CardId]] = defaultdict(list)
    for bound, change in zip(reconciliation.bound, changes, strict=True):
        by_change[change].append(bound.id)
    held = set(by_change[CardChange.HELD])
    return CardChanges(
        new=tuple(by_change[CardChange.NEW]),
        changed=tuple(by_change[CardChange.CHANGED]),
        unchanged=(*unchanged, *by_change[CardChange.UNCHANGED]),
        retired=tuple(card.id for card in reconciliation.vanished if not card.retired),
        revived=tuple(by_change[CardChange.REVIVED]),
        rebound=tuple(
            Rebinding(bound.id, bound.reason, words(bound.draft.front), bound.before.front)
            for bound in reconciliation.bound
            if bound.reason not in {None, MatchReason.KEY} and bound.before and bound.id not in held
        ),
        reworded=tuple(_rewordings(reconciliation, held)),
        new_answers=tuple(
            answer
            for bound in reconciliation.bound
            if bound.id not in held and (answer := _new_answer(bound)) is not None
        ),
        doubts=tuple(_open_doubts(reconciliation, held)),
    )


def _rewordings(reconciliation: Reconciliation, held: set[CardId]) -> Iterator[Rewording]:
    """Yield the cards in the deck of which front or back has other words than in the last lock."""
    for bound in reconciliation.bound:
        if bound.before is not None and bound.id not in held:
            was, now = _words_in_lock(bound.before), _words_of(bound)
            if was != now:
                yield Rewording(was, now)


def _new_answer(bound: BoundDraft) -> NewAnswer | None:
    """Return the new answer of a card that was shown with another one."""
    before = bound.before
    if before is None or not before.digest:
        return None
    answer = words(bound.draft.back)
    if not is_answered_anew(bound.draft.kind, before.back, answer):
        return None
    return NewAnswer(bound.id, words(bound.draft.front), answer, before.back)


def _open_doubts(reconciliation: Reconciliation, held: set[CardId]) -> Iterator[Doubt]:
    """Yield the doubts that a person can settle now: a card in the deck, and old ones that are retired."""
    if not reconciliation.doubts:
        return
    retired = {card.id: card for card in reconciliation.vanished}
    bound = {each.id: each for each in reconciliation.bound}
    for doubt in reconciliation.doubts:
        candidates = tuple(_words_in_lock(retired[old]) for old in doubt.candidates if old in retired)
        if candidates and doubt.new in bound and doubt.new not in held:
            yield Doubt(_words_of(bound[doubt.new]), candidates)


def _words_of(bound: BoundDraft) -> CardWords:
    return CardWords(bound.id, words(bound.draft.front), words(bound.draft.back))


def _words_in_lock(card: LockedCard) -> CardWords:
    return CardWords(card.id, card.front, card.back)
