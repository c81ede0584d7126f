"""Print the summary at the end of a sitting."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from srs.review.sitting_totals import sitting_totals
from srs.words import count

if TYPE_CHECKING:
    from srs.sitting.sitting import Sitting


def summary_text(sitting: Sitting, *, says_how_to_get_more: bool = True) -> str:
    """Return the summary: cards done, share right, time taken, cards due tomorrow, and the streak."""
    done = sitting_totals(sitting.state)
    today = sitting.today
    lines = []
    if done.answers:
        cards = count(done.cards, "new card" if done.new == done.cards else "card")
        new = f", {done.new} of them new" if 0 < done.new < done.cards else ""
        lines.append(f"{cards}{new} · {count(done.answers, 'answer')} · {_duration_text(done.took_ms)}")
    else:
        lines.append("Nothing was answered.")
    if done.reviews:
        share = round(100 * done.recalled / done.reviews)
        lines.append(f"Known: {done.recalled} of {done.reviews} due ({share} %)")
    waiting = [queued.waiting for queued in sitting.state.queue]
    left = len({card.card for card in waiting})
    if sitting.has_used_minutes:
        lines.append("Today's minutes are used.")
    elif left:
        lines.append(f"Left for today: {count(left, 'card')}")
    tomorrow = sitting.store.queue.counts(today + timedelta(days=1)).due
    still_due = any(card.due is not None for card in waiting)
    lines.append(f"Due {'by ' if still_due else ''}tomorrow: {tomorrow}")
    if standing := _interview_lines(sitting):
        lines += standing
        if says_how_to_get_more:
            lines.append("More new ones: `proofdeck review --new 5`")
    streak = sitting.store.log.streak(today)
    if streak > 1:
        lines.append(f"{streak} days in a row")
    return "\n".join(lines)


def _interview_lines(sitting: Sitting) -> list[str]:
    """Return where the learner stands on the way to an interview; nothing without one."""
    from srs.sitting.where_one_stands import standing_lines

    return standing_lines(sitting.store, sitting.today)


def _duration_text(milliseconds: int) -> str:
    seconds = round(milliseconds / 1000)
    if seconds < 60:
        return f"{seconds} s"
    return f"{seconds // 60} min {seconds % 60:02d} s"
