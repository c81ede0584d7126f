"""Runs a sitting over the store; each answer is on disk before the next question."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING

from cards.errors import StoreError
from cards.value import NamedTuple
from srs.review.agenda import WaitingCard
from srs.review.log import Act, EntryId
from srs.review.sitting_state import (
    QueuedCard,
    add_card,
    bring_back,
    bring_forward,
    record_flag,
    record_grade,
    remove_current,
    skip_current,
    step_back,
)
from srs.schedule.even_load import slack_days
from srs.schedule.sm2 import Grade, preview_grades
from srs.store.row import Conflict, DamagedCard

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date, datetime

    from cards.card.card import CardId
    from srs.review.shown_card import ShownCard
    from srs.review.sitting_state import SittingState
    from srs.schedule.sm2 import Schedule
    from srs.sitting.day_budget import DayBudget
    from srs.store.row import ActResult
    from srs.store.store import Store

_SOON = 3
"""How many cards ahead a gap is prepared: there is time for it then, and it seldom goes away."""
_NOT_ASKED_AGAIN = frozenset({Act.FLAG, Act.UNFLAG, Act.INTERVIEW})
"""Acts whose undo brings no card back into the sitting."""


class UndoneAct(NamedTuple):
    """An act that was taken back, as it can be done again."""

    card: CardId
    act: Act
    grade: Grade | None
    took_ms: int
    note: str


class Sitting:
    """Asks the cards of a sitting and logs what is done with them.

    The clock is a function, for a sitting lasts; nothing here looks at the time on its own.
    """

    def __init__(
        self,
        store: Store,
        state: SittingState,
        *,
        today: date,
        now: Callable[[], datetime],
        end: datetime | None = None,
        budget: DayBudget | None = None,
        more: Sequence[WaitingCard] = (),
        before_act: Callable[[datetime], None] | None = None,
    ) -> None:
        """Begin with a sitting's state; after the moment `end` no further card is asked.

        Nor is one whose deck has no minutes left in the budget of the Day; while it has some, `more` are
        asked at the end.
        `before_act` is called before anything is logged, with the moment.
        """
        self.store = store
        self.state = state
        self.today = today
        self.message = ""
        """What just happened, in a line."""
        self.left_out: tuple[str, ...] = ()
        """For each card that is damaged in the store, a line about it."""
        self._now = now
        self._end = end
        self._budget = budget
        self._more = list(more)
        self._before_act = before_act
        self._card_in_progress = False
        """A card was shown, or brought back by an undo, and not done with since."""
        self._undone: list[UndoneAct] = []
        """What was undone and can be done again, the last one last."""
        self._shown: ShownCard | None = None
        self._asked_at: datetime | None = None

    def current(self) -> ShownCard | None:
        """Return the card being asked; None when nothing is left to ask, or the time is up.

        A card that was answered elsewhere is left out, and one that is damaged.
        """
        while self._shown is None and (queued := self._next()) is not None:
            shown = self._read(queued.waiting.card)
            if shown is None or not self._is_asked(queued, shown):
                self.state = skip_current(self.state)
                self._card_in_progress = False
            else:
                self._shown = shown
                self._card_in_progress = True
                self._asked_at = self._now()
        return self._shown

    def next_exercise(self) -> str | None:
        """Return the exercise of the next gap among the cards that come soon; None where there is none."""
        coming = [queued.waiting.card for queued in self.state.queue[1 : 1 + _SOON]]
        return self.store.cards.first_exercise(coming) if coming else None

    def coming_card(self) -> tuple[ShownCard, SittingState] | None:
        """Return the card that comes if the current one is settled, and the state in which it is asked.

        None where there is none, or where that hangs on the minutes of the Day.
        """
        if self.state.current is None or self._budget is not None:
            return None
        after = record_grade(self.state, Grade.GOOD, EntryId(""))
        if after.current is None:
            return None
        with suppress(StoreError):
            shown = self.store.cards.show(after.current.waiting.card)
            return (shown, after) if shown is not None else None
        return None

    def why_over(self) -> str:
        """Return why no further card is asked, as half a sentence."""
        if self._end is not None and self._now() >= self._end:
            return "the time is up"
        return "today's minutes are used" if self.has_used_minutes else "nothing is left to ask"

    @property
    def has_used_minutes(self) -> bool:
        """Whether cards are left, and for none of them today has minutes."""
        if self._budget is None or not self.state.queue:
            return False
        left = self._budget.after(self.state.steps)
        return not any(left.has_room(queued.waiting.guide) for queued in self.state.queue)

    def _next(self) -> QueuedCard | None:
        """Return the next card that there is time for; None where there is none."""
        if self._card_in_progress or self._shown is not None:
            return self.state.current
        if self._end is not None and self._now() >= self._end:
            return None
        if self._budget is None:
            return self.state.current
        left = self._budget.after(self.state.steps)
        for place, queued in enumerate(self.state.queue):
            if left.has_room(queued.waiting.guide):
                self.state = bring_forward(self.state, place) if place else self.state
                return queued
        while self._more and not self.state.queue:
            waiting = self._more.pop(0)
            if left.has_room(waiting.guide):
                self.state = add_card(self.state, QueuedCard(waiting, Act.REVIEW))
                return self.state.current
        return None

    def _read(self, card: CardId) -> ShownCard | None:
        """Return a card as the store has it; None, and it is told, where that is damaged."""
        try:
            shown = self.store.cards.show(card)
        except DamagedCard as damaged:
            self._leave_out(damaged)
            return None
        if shown is None:
            # No card is ever deleted: its text is gone.
            self._leave_out(DamagedCard(card))
        return shown

    def _leave_out(self, damaged: DamagedCard) -> None:
        self.left_out = (*self.left_out, str(damaged))
        self.message = str(damaged)

    def _is_asked(self, queued: QueuedCard, shown: ShownCard) -> bool:
        standing = shown.standing
        if shown.retired:
            return False
        if queued.act is Act.CRAM:
            return True
        if standing.suspended or (standing.buried_until is not None and standing.buried_until > self.today):
            return False
        if queued.act is Act.REVIEW:
            # One that is not due was chosen as it stands: for the last look before a day, or on request.
            due = standing.schedule.due if standing.schedule else None
            return due is None or due <= self.today or due == queued.waiting.due
        return True

    def intervals(self) -> dict[Grade, int]:
        """Return the days that each grade would put the card off; empty where no schedule changes."""
        queued, shown = self.state.current, self.current()
        if shown is None or queued is None or queued.act is not Act.REVIEW:
            return {}
        after = self._schedules_after(shown, Grade)
        return {grade: schedule.wait_days for grade, schedule in after.items()}

    def _schedules_after(self, shown: ShownCard, grades: Iterable[Grade]) -> dict[Grade, Schedule]:
        """Return the schedule that each grade leads to, on the Day that suits best where Days are even."""
        every = preview_grades(shown.standing.schedule, self.today, self.store.scheduler)
        after = {grade: every[grade] for grade in grades}
        # Most intervals are too short to choose a Day: nothing is read for them.
        if not any(slack_days(schedule.interval_days) for schedule in after.values()):
            return after
        from srs.sitting.even_days import even_schedules, has_even_days

        if not has_even_days(self.store, shown.guide, self.today):
            return after
        return even_schedules(self.store, shown.id, after)

    def _chosen_day(self, queued: QueuedCard, shown: ShownCard, grade: Grade) -> date | None:
        """Return the Day that is chosen for the next review; None for the interval's own."""
        if queued.act is not Act.REVIEW:
            return None
        after = self._schedules_after(shown, (grade,))[grade]
        return after.due if after.shift_days else None

    def thinking_time(self) -> timedelta:
        """Return how long the current card has been asked."""
        return self._now() - self._asked_at if self._asked_at else timedelta()

    def grade(self, grade: Grade, took_ms: int | None = None) -> ActResult | None:
        """Log the answer to the current card; None, and nothing written, if it was answered elsewhere.

        How long it took is measured, unless it is given.
        """
        queued, shown = self.state.current, self.current()
        if shown is None or queued is None:
            return None
        at = self._act_moment()
        took = at - self._asked_at if self._asked_at else timedelta()
        if took_ms is None:
            took_ms = max(0, took // timedelta(milliseconds=1))
        try:
            answered = self.store.log.record_answer(
                shown.id,
                grade,
                reviewed_at=at,
                seen=shown.revision,
                act=queued.act,
                took_ms=took_ms,
                due_on=self._chosen_day(queued, shown, grade),
            )
        except Conflict as conflict:
            self._clear_card(str(conflict))
            return None
        except DamagedCard as damaged:
            self._skip_damaged(damaged)
            return None
        self.state = record_grade(self.state, grade, answered.entry, took_ms)
        self._undone = []
        self._clear_card("")
        if answered.leech:
            state = " It is suspended now." if answered.standing.suspended else ""
            where = f"{shown.source_path}:{shown.source_line}"
            self.message = f"A leech: it has lapsed too often. Rewrite it at {where}.{state}"
        return answered

    def suspend_or_bury(self, act: Act) -> bool:
        """Suspend or bury the current card."""
        until = self.today + timedelta(days=1) if act is Act.BURY else None
        answered = self._mark(act, until=until)
        if answered is None:
            return False
        self.state = remove_current(self.state, act, answered.entry)
        self._undone = []
        self._clear_card("Suspended." if act is Act.SUSPEND else "Buried until tomorrow.")
        return True

    def flag(self, note: str) -> bool:
        """Flag the current card with a note."""
        answered = self._mark(Act.FLAG, note=note)
        if answered is None:
            return False
        self.state = record_flag(self.state, Act.FLAG, answered.entry)
        self._undone = []
        self._shown = None
        self.message = "Flagged."
        return True

    def _mark(self, act: Act, *, note: str | None = None, until: date | None = None) -> ActResult | None:
        shown = self.current()
        if shown is None:
            return None
        try:
            return self.store.log.record_act(
                shown.id, act, at=self._act_moment(), seen=shown.revision, note=note, until=until
            )
        except Conflict as conflict:
            self._clear_card(str(conflict))
            return None
        except DamagedCard as damaged:
            self._skip_damaged(damaged)
            return None

    def _skip_damaged(self, damaged: DamagedCard) -> None:
        self.state = skip_current(self.state)
        self._clear_card("")
        self._leave_out(damaged)

    def earlier_day(self) -> date | None:
        """Return the Day of what an undo would take back, where that is an earlier Day than this one."""
        if self.state.steps:
            return None
        day = self.store.log.last_day_of_act()
        return day if day is not None and day < self.today else None

    def redo(self) -> bool:
        """Do again what was undone last; it is logged as done now, for an undo is final in the log."""
        shown = self.current()
        if not self._undone or shown is None or self._undone[-1].card != shown.id:
            self.message = "There is nothing to do again."
            return False
        *left, undone = self._undone
        if undone.grade is not None:
            is_done = self.grade(undone.grade, undone.took_ms) is not None
        elif undone.act is Act.FLAG:
            is_done = self.flag(undone.note)
        else:
            is_done = self.suspend_or_bury(undone.act)
        if is_done:
            self._undone = left
            self.message = f"Done again: {_act_words(undone.act, undone.grade)}."
        return is_done

    def undo(self) -> bool:
        """Take back the last act of this sitting, or else of an earlier one, and ask its card again."""
        back = step_back(self.state)
        if back is not None:
            state, step = back
            undone = self.store.log.undo(at=self._act_moment(), entry=step.entry)
            note = (undone.entry.note if undone else None) or ""
            card = step.queued.waiting.card
            self._undone.append(UndoneAct(card, step.act, step.grade, step.took_ms, note))
            self.state = state
            self._clear_card(f"Undone: {_act_words(step.act, step.grade)}.")
            self._card_in_progress = True
            return True
        earlier = self.store.log.undo(at=self._act_moment())
        if earlier is None:
            self.message = "There is nothing to undo."
            return False
        entry, standing = earlier
        self._clear_card(f"Undone: {_act_words(entry.act, entry.grade)} of {entry.day:%-d %B}.")
        is_of_today = entry.act is Act.REVIEW and entry.day == self.today
        due = is_of_today or standing.schedule is None or standing.schedule.due <= self.today
        shown = self._read(entry.card)
        if shown is not None and (due or entry.act is Act.DRILL) and entry.act not in _NOT_ASKED_AGAIN:
            schedule = standing.schedule
            self.state = bring_back(
                self.state,
                WaitingCard(
                    entry.card,
                    shown.guide,
                    shown.question,
                    schedule.due if schedule else None,
                    schedule.interval_days if schedule else 0,
                ),
                entry.act if entry.act.is_answer else Act.REVIEW,
            )
        self._card_in_progress = True
        return True

    def _act_moment(self) -> datetime:
        """Return the moment of an act that is about to be logged."""
        at = self._now()
        if self._before_act is not None:
            self._before_act(at)
        return at

    def refresh(self) -> None:
        """Read the current card again, after its guide was edited."""
        self._shown = None

    def _clear_card(self, message: str) -> None:
        self._shown = None
        self._card_in_progress = False
        self.message = message


def _act_words(act: Act, grade: Grade | None) -> str:
    if grade is not None:
        return f"grade {int(grade)}"
    return {Act.SUSPEND: "suspending", Act.RESUME: "resuming", Act.BURY: "burying"}.get(
        act, f"the {act.value}"
    )
