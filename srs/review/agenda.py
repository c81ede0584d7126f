"""Choose and order the cards of one Day."""

from __future__ import annotations

from collections import Counter, deque
from typing import TYPE_CHECKING

from cards.value import NamedTuple
from srs.schedule.even_load import can_wait

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from cards.card.card import CardId

NEW_SIBLINGS_A_DAY = 3
"""New cards of one question a Day while other questions have some: siblings give one another away."""

SIBLING_DISTANCE = 3
"""How many other cards stand between two siblings where there are enough."""

_LOOKAHEAD = 40
"""How far ahead a card is fetched to part two siblings; beyond it the order matters more."""


class WaitingCard(NamedTuple):
    """A card that could be asked, with the values that its place in the agenda depends on."""

    card: CardId
    guide: str
    question: str
    """Siblings share it."""
    due: date | None = None
    """None for a new card."""
    interval_days: int = 0
    block: int | None = None
    """The place of the block that it is made from; None for one made from none."""

    @property
    def block_key(self) -> tuple[str, str, int] | None:
        """The key that the cards of one block have in common; None for a card made from none."""
        return None if self.block is None else (self.guide, self.question, self.block)

    @property
    def sibling_key(self) -> tuple[str, str]:
        """The key that siblings, the cards of one question, have in common."""
        return (self.guide, self.question)


class AnsweredToday(NamedTuple):
    """A card that was answered today."""

    card: CardId
    guide: str
    question: str
    was_new: bool
    settled: bool
    """Its last grade today was 4 or more."""
    active: bool
    """It may be asked again: neither suspended, nor buried, nor retired."""
    block: int | None = None

    @property
    def waiting(self) -> WaitingCard:
        """The card as it would be asked again."""
        return WaitingCard(self.card, self.guide, self.question, block=self.block)


class DayLimits(NamedTuple):
    """How many cards a Day, over all its sittings; None for no limit."""

    new: int | None
    reviews: int | None = None


class Agenda(NamedTuple):
    """The cards to ask today, in order."""

    drills: tuple[WaitingCard, ...]
    """Graded below 4 in an earlier sitting of the Day and not settled since."""
    due: tuple[WaitingCard, ...]
    new: tuple[WaitingCard, ...]
    more: tuple[WaitingCard, ...] = ()
    """What comes next where a Day has minutes, and some are left; not counted."""

    def __len__(self) -> int:
        return len(self.drills) + len(self.due) + len(self.new)


def overdue_key(waiting: WaitingCard, today: date) -> tuple[float, int, str]:
    """Return a key that puts first what is most overdue in relation to its interval.

    Among equals the shorter interval is the more fragile memory; then the id decides, which is as good as
    shuffled but the same each time.
    """
    if waiting.due is None:
        raise ValueError(f"{waiting.card} is new")
    late_days = (today - waiting.due).days
    return (-late_days / waiting.interval_days, waiting.interval_days, waiting.card)


def make_agenda(
    *,
    due: Iterable[WaitingCard],
    new: Iterable[WaitingCard],
    done: Iterable[AnsweredToday],
    limits: dict[str, DayLimits],
    total: DayLimits,
    today: date,
    keeps_apart: bool = False,
) -> Agenda:
    """Return today's cards: due ones most overdue first, then new ones in their order, siblings apart.

    No new card comes on a Day with another card of its block: each would print the other's answer. What was
    done today already counts towards the limits, the total ones and those of each guide in `limits`. `new`
    is read only as far as needed. With `keeps_apart` a due card waits for a Day without another of its block
    as long as that makes it no later than 5 % of its interval.
    """
    done = list(done)
    due = sorted(due, key=lambda card: overdue_key(card, today))
    if keeps_apart:
        due = _one_of_each_block(due, blocks_of(card.waiting for card in done), today)
    drills = [entry.waiting for entry in done if entry.active and not entry.settled]
    budget = _Budget(limits, total, done)
    chosen_due = [card for card in due if budget.reserve(card.guide, new=False)]
    introduced = Counter((card.guide, card.question) for card in done if card.was_new)
    fresh = _choose_new(new, budget, introduced, blocks_of((*(card.waiting for card in done), *chosen_due)))
    recent: deque[tuple[str, str]] = deque(maxlen=SIBLING_DISTANCE)
    return Agenda(
        spread_siblings(drills, recent),
        spread_siblings(chosen_due, recent),
        spread_siblings(fresh, recent),
    )


def _one_of_each_block(
    due: Iterable[WaitingCard], blocks: set[tuple[str, str, int]], today: date
) -> list[WaitingCard]:
    """Return the due cards without those that can wait for a Day without another card of their block."""
    kept = []
    for card in due:
        is_second = card.block_key in blocks
        if is_second and card.due is not None and can_wait(card.due, card.interval_days, today):
            continue
        blocks |= blocks_of([card])
        kept.append(card)
    return kept


class _Budget:
    """Counts how many new and due cards the daily limits still allow."""

    def __init__(self, limits: dict[str, DayLimits], total: DayLimits, done: list[AnsweredToday]) -> None:
        self._limits = limits
        self._total = total
        self._used: Counter[tuple[str, bool]] = Counter()
        for entry in done:
            self._used[entry.guide, entry.was_new] += 1
            self._used["", entry.was_new] += 1

    def has_room(self, guide: str, *, new: bool) -> bool:
        """Tell whether one more card would be within the limits."""
        for name, limits in (("", self._total), (guide, self._limits.get(guide, DayLimits(None)))):
            limit = limits.new if new else limits.reviews
            if limit is not None and self._used[name, new] >= limit:
                return False
        return True

    def reserve(self, guide: str, *, new: bool) -> bool:
        """Count one more card if there is room for it."""
        if not self.has_room(guide, new=new):
            return False
        self._used[guide, new] += 1
        self._used["", new] += 1
        return True


def blocks_of(cards: Iterable[WaitingCard]) -> set[tuple[str, str, int]]:
    """Return the keys of the blocks that cards are made from."""
    return {card.block_key for card in cards if card.block_key is not None}


def _choose_new(
    new: Iterable[WaitingCard],
    budget: _Budget,
    introduced: Counter[tuple[str, str]],
    blocks: set[tuple[str, str, int]],
) -> list[WaitingCard]:
    chosen: list[WaitingCard] = []
    passed_over: list[WaitingCard] = []
    for card in new:
        if not budget.has_room("", new=True):
            return chosen
        if card.block_key in blocks:
            continue
        if introduced[card.sibling_key] >= NEW_SIBLINGS_A_DAY:
            passed_over.append(card)
        elif budget.reserve(card.guide, new=True):
            introduced[card.sibling_key] += 1
            blocks |= blocks_of([card])
            chosen.append(card)
    for card in passed_over:
        if card.block_key not in blocks and budget.reserve(card.guide, new=True):
            blocks |= blocks_of([card])
            chosen.append(card)
    return chosen


def spread_siblings(cards: Sequence[WaitingCard], recent: deque[tuple[str, str]]) -> tuple[WaitingCard, ...]:
    """Return the cards with siblings moved apart, each as little as possible."""
    left = deque(cards)
    ordered: list[WaitingCard] = []
    while left:
        for index in range(min(len(left), _LOOKAHEAD)):
            if left[index].sibling_key not in recent:
                break
        else:
            index = 0
        card = left[index]
        del left[index]
        ordered.append(card)
        recent.append(card.sibling_key)
    return tuple(ordered)
