"""Say why a review asks nothing, by what the person asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from srs.cli.nothing_due import new_ones_wait, nothing_due_text
from srs.words import count

if TYPE_CHECKING:
    from datetime import date

    from srs.sitting.todays_agenda import DayPlan, Wanted
    from srs.store.review_queue import QueueCounts
    from srs.store.store import Store


def nothing_asked_text(store: Store, today: date, wanted: Wanted, plan: DayPlan, *, cram: bool) -> str:
    """Return why nothing is asked, and what would bring something."""
    counts = store.queue.counts(today, wanted.guide, wanted.tag)
    of_tag = f" with the tag {wanted.tag}" if wanted.tag else ""
    if cram:
        begin = f" {new_ones_wait(counts.new)}: `proofdeck review` begins them." if counts.new else ""
        return f"--cram repeats cards that were answered before, and none{of_tag} was yet.{begin}"
    waiting = len({card.card for card in (*plan.agenda.drills, *plan.agenda.due, *plan.agenda.new)})
    if waiting and plan.budget is not None:
        verb = "waits" if waiting == 1 else "wait"
        return f"Today's minutes are used; {count(waiting, 'card')} {verb}. `--minutes 5` goes on for five."
    if wanted.new_more or wanted.ahead:
        what = "new card" if wanted.new_more else "card that comes later"
        return f"There is no {what}{of_tag} left to ask."
    if wanted.new is not None and counts.new:
        return _limit_of_new(wanted.new, counts, "--new")
    if wanted.tag is None:
        return nothing_due_text(store, today, wanted.guide)
    if counts.due:
        limit = (
            f"today's limit is reached, and {count(counts.due, 'card')}{of_tag} due will be asked tomorrow"
        )
        return f"Nothing more is asked: {limit}."
    if counts.new:
        return f"No card{of_tag} is due. {new_ones_wait(counts.new)}: `--new +5` begins five."
    following = f" The next one is due on {counts.next_due}." if counts.next_due else ""
    return f"No card{of_tag} is due.{following}"


def _limit_of_new(limit: int, counts: QueueCounts, option: str) -> str:
    """Return why a number of new cards for the Day brings none: so many are begun already."""
    were = "was" if counts.begun == 1 else "were"
    begun = f"{count(counts.begun, 'new one')} {were} begun today already, and " if counts.begun else ""
    more = f"`--new +{limit or 5}` begins {limit or 5} more"
    return (
        f"Nothing is due; {begun}{option} {limit} says how many a Day has in all. "
        f"{new_ones_wait(counts.new)}: {more}."
    )
