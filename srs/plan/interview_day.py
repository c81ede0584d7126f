"""What is asked on each Day until an interview: which new cards, which reviews, which last looks.

SM-2 says when a card is due; the date says what of it fits into the minutes. Most of the time goes to new
cards as long as some are left that fit, in the order of their rank; the rest goes to what is due. In the
last Days the model of memory decides: what raises the recall on the day most for its seconds comes first,
and nothing comes twice before all have come once.
"""

from __future__ import annotations

from datetime import timedelta
from math import ceil
from typing import TYPE_CHECKING, NamedTuple

from srs.schedule.even_load import can_wait
from srs.schedule.memory_model import memory_after, recall_chance
from srs.schedule.sm2 import Grade

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from srs.plan.answer_time import AnswerTimes
    from srs.schedule.sm2 import FsrsMemory, Schedule

SHARE_OF_NEW = 0.8
"""Of a Day's minutes new cards take no more while cards are due."""
LOOKS_OF_LAST_DAYS = 2.0
"""The last Days have room for so many looks at each begun card."""

_FIRST_GRADES = ((0.3, Grade.WRONG), (0.1, Grade.HARD), (0.45, Grade.GOOD), (0.15, Grade.PERFECT))
"""How first answers are spread over the grades (`srs.schedule.memory_model`)."""


class PlannedCard(NamedTuple):
    """A card as the plan sees it; a new one has neither schedule nor memory."""

    card: str
    weight: int
    """What its answer counts on the day: 3 for core, 1 for extra, 2 for all other."""
    question: str = ""
    section: str = ""
    """As the guide has it; empty for none."""
    schedule: Schedule | None = None
    memory: FsrsMemory | None = None
    """As FSRS-6's published model sees it from the log."""
    guide: str = ""
    block: int | None = None
    """The place of the block that it is made from; None for one made from none."""
    position: int = 0
    """Its place in the guide."""
    is_of_line: bool = False
    """It asks for the reason of a line of code: all that is asked in words of a task."""

    @property
    def block_key(self) -> tuple[str, str, int] | None:
        """The key that the cards of one block have in common; None for a card made from none."""
        return None if self.block is None else (self.guide, self.question, self.block)

    def recall_on(self, day: date) -> float:
        """Return how likely it is recalled on a Day; 0 for a new card."""
        if self.schedule is None or self.memory is None:
            return 0.0
        return recall_chance(self.memory, (day - self.schedule.answered_on).days)


class InterviewDay(NamedTuple):
    """The day of an interview, and the minutes that each Day before it has."""

    day: date
    minutes: float
    is_even: bool = False
    """A due card waits for a Day without another of its block where it is no later than its slack."""

    def days_left(self, today: date) -> int:
        """Return how many Days there are to learn on, today included; the day itself is none."""
        return (self.day - today).days


class DayChoice(NamedTuple):
    """What a Day holds, most important first; a sitting goes on until the minutes are used."""

    again: tuple[str, ...]
    """Begun cards that fit."""
    new: tuple[str, ...]
    """New cards that fit."""
    overflow: tuple[str, ...]
    """What comes next if there is time left: begun and new cards."""
    is_last_looks: bool = False
    """It is one of the last Days, on which every card that fits is seen once more."""


def last_days(interview: InterviewDay, cards: int, times: AnswerTimes) -> int:
    """Return how many Days before the interview are for last looks, where so many cards are begun then."""
    seconds = LOOKS_OF_LAST_DAYS * cards * times.review_seconds
    return max(1, ceil(seconds / (interview.minutes * 60)))


def choose_day(
    interview: InterviewDay,
    today: date,
    begun: Sequence[PlannedCard],
    new: Sequence[PlannedCard],
    times: AnswerTimes,
    seconds_used: float = 0.0,
) -> DayChoice:
    """Return what today holds; `new` in the order of rank, `seconds_used` by what was done today already.

    Cards answered today are no more asked, and no new card comes with another of its block. On the day of
    the interview, and after it, nothing is chosen.
    """
    days_left = interview.days_left(today)
    if days_left <= 0:
        return DayChoice((), (), ())
    room = max(0.0, interview.minutes * 60 - seconds_used)
    if days_left <= last_days(interview, len(begun), times):
        return _last_looks(interview, today, begun, new, times, room)
    due = sorted((card for card in begun if _is_due(card, today)), key=lambda card: _lateness(card, today))
    if interview.is_even:
        due = _blocks_apart(due, _answered_on(begun, today), today)
    wanted = _new_wanted(interview, days_left, len(begun), len(new), times)
    due_seconds = len(due) * times.review_seconds
    for_new = min(wanted * times.new_seconds, max(room * SHARE_OF_NEW, room - due_seconds))
    fresh = one_of_each_block(new, [*_answered_on(begun, today), *due])
    begin = min(wanted, len(fresh), int(for_new / times.new_seconds + 0.5))
    again = max(0, int((room - begin * times.new_seconds) / times.review_seconds))
    rest = [*(card.card for card in due[again:]), *(card.card for card in fresh[begin:wanted])]
    return DayChoice(
        tuple(card.card for card in due[:again]), tuple(card.card for card in fresh[:begin]), tuple(rest)
    )


def one_of_each_block(new: Iterable[PlannedCard], asked: Iterable[PlannedCard]) -> list[PlannedCard]:
    """Return the first new card of each block of which none is asked on the Day."""
    taken = {card.block_key for card in asked}
    chosen = []
    for card in new:
        if card.block_key is None or card.block_key not in taken:
            taken.add(card.block_key)
            chosen.append(card)
    return chosen


def _blocks_apart(
    due: Iterable[PlannedCard], answered: Iterable[PlannedCard], today: date
) -> list[PlannedCard]:
    """Return the due cards without those that can wait for a Day without another card of their block."""
    taken = {card.block_key for card in answered} - {None}
    kept = []
    for card in due:
        schedule = card.schedule
        waits = schedule is not None and can_wait(schedule.due, schedule.interval_days, today)
        if card.block_key in taken and waits:
            continue
        taken |= {card.block_key} - {None}
        kept.append(card)
    return kept


def _answered_on(begun: Iterable[PlannedCard], day: date) -> list[PlannedCard]:
    return [card for card in begun if card.schedule is not None and card.schedule.answered_on == day]


def _is_due(card: PlannedCard, today: date) -> bool:
    return card.schedule is not None and card.schedule.answered_on < today and card.schedule.due <= today


def _lateness(card: PlannedCard, today: date) -> tuple[float, int, str]:
    if card.schedule is None:
        raise ValueError(f"{card.card} is new")
    interval_days = card.schedule.interval_days
    return (-(today - card.schedule.due).days / interval_days, interval_days, card.card)


def _new_wanted(interview: InterviewDay, days_left: int, begun: int, new: int, times: AnswerTimes) -> int:
    """Return how many new cards a Day end the introduction when the last looks begin."""
    introduction = days_left - last_days(interview, begun + new, times)
    return ceil(new / introduction) if introduction > 0 else new


def _last_looks(
    interview: InterviewDay,
    today: date,
    begun: Sequence[PlannedCard],
    new: Sequence[PlannedCard],
    times: AnswerTimes,
    room: float,
) -> DayChoice:
    """Return what raises the recall on the day most for its seconds; nothing twice before all once."""
    days_left = interview.days_left(today)
    first_day = interview.day - timedelta(days=last_days(interview, len(begun), times))
    ordered: list[tuple[bool, float, float, str, bool]] = []
    for card in begun:
        if card.schedule is not None and card.schedule.answered_on < today:
            gain = gain_on_day(card, today, interview.day) / times.review_seconds
            is_second = card.schedule.answered_on >= first_day
            ordered.append((is_second, -gain, times.review_seconds, card.card, False))
    for each in one_of_each_block(new, _answered_on(begun, today)):
        gain = each.weight * _recall_of_new(days_left) / times.new_seconds
        ordered.append((False, -gain, times.new_seconds, each.card, True))
    ordered.sort(key=lambda each: each[:2])
    again: list[str] = []
    fresh: list[str] = []
    overflow: list[str] = []
    for _, _, seconds, name, is_new in ordered:
        if room < seconds / 2:
            overflow.append(name)
            continue
        room -= seconds
        (fresh if is_new else again).append(name)
    return DayChoice(tuple(again), tuple(fresh), tuple(overflow), is_last_looks=True)


def gain_on_day(card: PlannedCard, today: date, day: date) -> float:
    """Return by how much a look today raises what a begun card is expected to count on the day."""
    if card.schedule is None or card.memory is None:
        raise ValueError(f"{card.card} is new")
    elapsed = (today - card.schedule.answered_on).days
    ahead = (day - today).days
    known = recall_chance(card.memory, elapsed)
    after = known * recall_chance(memory_after(card.memory, Grade.GOOD, elapsed), ahead)
    after += (1 - known) * recall_chance(memory_after(card.memory, Grade.WRONG, elapsed), ahead)
    return card.weight * (after - card.recall_on(day))


def _recall_of_new(days: int) -> float:
    """Return how likely a card that is begun now is recalled after so many days."""
    return sum(share * recall_chance(memory_after(None, grade), days) for share, grade in _FIRST_GRADES)
