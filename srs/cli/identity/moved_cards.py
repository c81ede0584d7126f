"""Find cards of the store that a guide's lock does not have: of other guides, or of a lock that was newer."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from cards.card import sides
from srs.cli.identity.lost_lock import card_with_lost_key, locked_card
from srs.store.read_only import read_cards_with_words, read_known_guides, read_last_contents

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence
    from typing import TypeAlias

    from cards.build.pipeline import BuildPlan
    from cards.card.card import CardId
    from cards.lock.lock import LockedCard
    from srs.store.read_only import KnownCard, KnownGuide

    PlanOf: TypeAlias = Callable[[str], BuildPlan | None]
    """Reads a guide where it lies now; None for one that cannot be read."""


class GuideNow(NamedTuple):
    """What another guide asks now."""

    questions: frozenset[str]
    with_code: frozenset[str]
    """Those of which some cards are made only after their code has run."""
    words: frozenset[str]
    """Front and back of each card that is made at once."""


@dataclass(slots=True)
class StoredCards:
    """The cards of a store, as a guide that is built looks for those with its words."""

    store_file: str
    guide: str
    """The identity of the guide that is built."""
    plan_of: PlanOf
    is_known: bool
    """The store knew the guide before this build."""
    only_there: bool = False
    """Of a guide that is gone nothing is taken: this one is not what became of it."""
    came_from: dict[CardId, str] = field(default_factory=dict)
    """The guide that each card stood in which was offered."""
    _offered: dict[CardId, LockedCard] = field(default_factory=dict)
    """What was offered already; a first write may have moved it in the store since."""

    @property
    def are_there(self) -> bool:
        """Whether there may be cards to find."""
        return self.is_known or any(guide.id != self.guide for guide in read_known_guides(self.store_file))

    def find(self, words: Collection[str]) -> Iterator[LockedCard]:
        """Yield the cards with these words that other guides no longer make, and those of this guide."""
        yield from [card for card in self._offered.values() if f"{card.front}\n{card.back}" in words]
        found = [
            card for card in read_cards_with_words(self.store_file, words) if card.id not in self._offered
        ]
        if self.is_known:
            yield from self._own([card for card in found if card.guide == self.guide])
        yield from self._vanished([card for card in found if card.guide != self.guide])

    def _own(self, found: Sequence[KnownCard]) -> Iterator[LockedCard]:
        """Yield cards of this guide as they were shown last: its lock may be older, or lack them."""
        contents = read_last_contents(self.store_file, self.guide) if found else {}
        yield from (card_with_lost_key(card, contents.get(card.id)) for card in found)

    def _vanished(self, found: Sequence[KnownCard]) -> Iterator[LockedCard]:
        """Yield the cards that the guides which they stood in no longer make."""
        guides = {guide.id: guide for guide in read_known_guides(self.store_file)}
        now = cache(lambda guide: guide_now(guide, self.plan_of))
        for card in found:
            guide = guides[card.guide]
            if self.only_there and _is_gone(guide):
                continue
            if card.retired or _has_gone(card, now(guide)):
                self.came_from[card.id] = card.guide
                # Shown some time ago: so there is something to go back to.
                self._offered[card.id] = replace(locked_card(card), changed_at=1)
                yield self._offered[card.id]

    def came_from_decks(self, cards: Sequence[CardId]) -> dict[CardId, str]:
        """Return what the decks are called that some offered cards stood in."""
        decks = {guide.id: guide.deck for guide in read_known_guides(self.store_file)} if cards else {}
        return {card: decks[self.came_from[card]] for card in cards}


def guide_now(guide: KnownGuide, plan_of: PlanOf) -> GuideNow | None:
    """Return what a guide asks now; None where nobody can tell, as it lies on another machine."""
    if guide.path is None:
        return None
    if _is_gone(guide):
        return GuideNow(frozenset(), frozenset(), frozenset())
    plan = plan_of(guide.path)
    if plan is None:
        return None
    return GuideNow(
        frozenset(question.slug for question in plan.guide.questions),
        frozenset(question.slug for question in plan.guide.questions if question.snippets),
        frozenset(sides.words((*draft.front, *draft.back)) for draft in plan.drafts),
    )


def _is_gone(guide: KnownGuide) -> bool:
    return guide.path is not None and not Path(guide.path).exists()


def _has_gone(card: KnownCard, now: GuideNow | None) -> bool:
    """Tell whether a guide no longer makes a card that was in use at its last build."""
    if now is None or card.question in now.with_code:
        return False
    return card.question not in now.questions or f"{card.front}\n{card.back}" not in now.words
