"""Say why a review asks nothing, by what the person asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from srs.cli.nothing_due import begin_more, day_words, new_ones_wait, nothing_due_text
from srs.words import count

if TYPE_CHECKING:
    from datetime import date

    from srs.sitting.todays_agenda import DayPlan
    from srs.sitting.wanted import Wanted
    from srs.store.store import Store


def nothing_asked_text(store: Store, today: date, wanted: Wanted, plan: DayPlan, *, cram: bool) -> str:
    """Return why nothing is asked, and what would bring something."""
    counts = store.queue.counts(today, wanted.guide, wanted.tag)
    of_tag = f" with the tag {wanted.tag}" if wanted.tag else ""
    if cram:
        begin = f" {new_ones_wait(counts.new)}: `proofdeck review` begins them." if counts.new else ""
        return f"--cram repeats cards that were answered before, and none{of_tag} was yet.{begin}"
    if (used := minutes_used_text(plan)) is not None:
        return used
    if (wanted.new or wanted.new_more) and counts.new:
        shares = "it shares" if counts.new == 1 else "each shares"
        return f"{new_ones_wait(counts.new)} for another day: {shares} a block with a card of today."
    if wanted.new or wanted.new_more or wanted.ahead:
        what = "card that comes later" if wanted.ahead else "new card"
        return f"There is no {what}{of_tag} left to ask."
    if wanted.new == 0 and counts.new:
        return f"Nothing{of_tag} is due, and --new 0 begins nothing. {begin_more(counts.new)}"
    if wanted.tag is None:
        return nothing_due_text(store, today, wanted.guide)
    if counts.due:
        limit = (
            f"today's limit is reached, and {count(counts.due, 'card')}{of_tag} due will be asked tomorrow"
        )
        return f"Nothing more is asked: {limit}."
    if counts.new:
        return f"No card{of_tag} is due. {begin_more(counts.new)}"
    following = f" The next one is due {day_words(counts.next_due, today)}." if counts.next_due else ""
    return f"No card{of_tag} is due.{following}"


def minutes_used_text(plan: DayPlan) -> str | None:
    """Return that today's minutes are used, and how many cards wait; None where one is asked or none left."""
    if plan.budget is None:
        return None
    agenda = plan.agenda
    waiting = {card.card: card.guide for card in (*agenda.drills, *agenda.due, *agenda.new)}
    if not waiting or any(map(plan.budget.has_room, waiting.values())):
        return None
    verb = "waits" if len(waiting) == 1 else "wait"
    more = "`proofdeck review --minutes 5` goes on for five"
    return f"Today's minutes are used; {count(len(waiting), 'card')} {verb}. {more}."
