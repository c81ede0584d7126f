"""Today's cards in their order."""

from __future__ import annotations

from collections import Counter, deque
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from cards.card.card import CardId

SIBLINGS_A_DAY = 3
"""New cards of one question a Day while other questions have some: siblings give one another away."""

APART = 3
"""How many other cards stand between two siblings where there are enough."""

_FORESIGHT = 40
"""How far ahead a card is fetched to part two siblings; beyond it the order matters more."""


class Waiting(NamedTuple):
    """A card that could be asked, with what its place in the order depends on."""

    card: CardId
    guide: str
    question: str
    """Siblings share it."""
    due: date | None = None
    """None for a new card."""
    interval_days: int = 0

    @property
    def family(self) -> tuple[str, str]:
        """What siblings have in common."""
        return (self.guide, self.question)


class Done(NamedTuple):
    """A card that was answered today."""

    card: CardId
    guide: str
    question: str
    was_new: bool
    settled: bool
    """Its last grade today was 4 or more."""
    active: bool
    """It may be asked again: neither suspended, nor buried, nor retired."""


class Limits(NamedTuple):
    """How many cards a Day, over all its sittings; None for no limit."""

    new: int | None
    reviews: int | None = None


class Agenda(NamedTuple):
    """What to ask today."""

    drills: tuple[Waiting, ...]
    """Graded below 4 in an earlier sitting of the Day and not settled since."""
    due: tuple[Waiting, ...]
    new: tuple[Waiting, ...]

    def __len__(self) -> int:
        return len(self.drills) + len(self.due) + len(self.new)


def overdueness(waiting: Waiting, today: date) -> tuple[float, int, str]:
    """Return a key that puts first what is most overdue in relation to its interval.

    Among equals the shorter interval is the more fragile memory; then the id decides, which is as good as
    shuffled but the same each time.
    """
    if waiting.due is None:
        raise ValueError(f"{waiting.card} is new")
    late_days = (today - waiting.due).days
    return (-late_days / waiting.interval_days, waiting.interval_days, waiting.card)


def agenda(
    *,
    due: Iterable[Waiting],
    new: Iterable[Waiting],
    done: Iterable[Done],
    limits: dict[str, Limits],
    total: Limits,
    today: date,
) -> Agenda:
    """Return today's cards: due ones most overdue first, then new ones in the guide's order, siblings apart.

    What was done today already counts towards the limits, the total ones and those of each guide in
    `limits`. `new` is read only as far as needed.
    """
    done = list(done)
    drills = [
        Waiting(entry.card, entry.guide, entry.question)
        for entry in done
        if entry.active and not entry.settled
    ]
    budget = _Budget(limits, total, done)
    chosen_due = [
        card
        for card in sorted(due, key=lambda card: overdueness(card, today))
        if budget.takes(card.guide, new=False)
    ]
    fresh = _fresh(new, budget, Counter((card.guide, card.question) for card in done if card.was_new))
    recent: deque[tuple[str, str]] = deque(maxlen=APART)
    return Agenda(_apart(drills, recent), _apart(chosen_due, recent), _apart(fresh, recent))


class _Budget:
    """Counts down the limits."""

    def __init__(self, limits: dict[str, Limits], total: Limits, done: list[Done]) -> None:
        self._limits = limits
        self._total = total
        self._used: Counter[tuple[str, bool]] = Counter()
        for entry in done:
            self._used[entry.guide, entry.was_new] += 1
            self._used["", entry.was_new] += 1

    def has_room(self, guide: str, *, new: bool) -> bool:
        """Tell whether one more card would be within the limits."""
        for name, limits in (("", self._total), (guide, self._limits.get(guide, Limits(None)))):
            limit = limits.new if new else limits.reviews
            if limit is not None and self._used[name, new] >= limit:
                return False
        return True

    def takes(self, guide: str, *, new: bool) -> bool:
        """Count one more card if there is room for it."""
        if not self.has_room(guide, new=new):
            return False
        self._used[guide, new] += 1
        self._used["", new] += 1
        return True


def _fresh(new: Iterable[Waiting], budget: _Budget, introduced: Counter[tuple[str, str]]) -> list[Waiting]:
    chosen: list[Waiting] = []
    passed_over: list[Waiting] = []
    for card in new:
        if not budget.has_room("", new=True):
            return chosen
        if introduced[card.family] >= SIBLINGS_A_DAY:
            passed_over.append(card)
        elif budget.takes(card.guide, new=True):
            introduced[card.family] += 1
            chosen.append(card)
    chosen += [card for card in passed_over if budget.takes(card.guide, new=True)]
    return chosen


def _apart(cards: list[Waiting], recent: deque[tuple[str, str]]) -> tuple[Waiting, ...]:
    """Return the cards with siblings moved apart, each as little as possible."""
    left = deque(cards)
    ordered: list[Waiting] = []
    while left:
        for index in range(min(len(left), _FORESIGHT)):
            if left[index].family not in recent:
                break
        else:
            index = 0
        card = left[index]
        del left[index]
        ordered.append(card)
        recent.append(card.family)
    return tuple(ordered)
