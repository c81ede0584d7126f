"""Sentences that say why nothing is asked today."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from srs.store.store import Store


def nothing_due_text(store: Store, today: date, guide: str | None, tag: str | None = None) -> str:
    """Return why nothing is asked today, and when the next card is due."""
    counts = store.queue.counts(today, guide)
    if tag is not None:
        return f"No card with the tag {tag} is due today."
    if store.decks.has_interview():
        from srs.sitting.todays_agenda import deck_plans

        if plans := deck_plans(store, today, guide):
            left = sum(len(plan.new) for plan in plans)
            more = f" {left} new ones wait: `proofdeck review --new +5` begins five." if left else ""
            return f"What the plan has for today is done.{more} `--ahead 10` asks ten before they are due."
    if counts.due and store.preferences.even_load.value == "on":
        return (
            f"Today's reviews are done. {counts.due} more are due; they wait for a day without another card "
            "of their block, or for the limit of a day."
        )
    if counts.due:
        return f"Today's reviews are done. {counts.due} more are due; the limit for a day is reached."
    ahead = f" The next card is due {_day_words(counts.next_due, today)}." if counts.next_due else ""
    if counts.new:
        began = f"You began {counts.begun} new ones today; " if counts.begun else ""
        return f"Nothing is due. {began}{counts.new} new ones wait (--new N starts some now).{ahead}"
    if counts.next_due:
        return f"Nothing is due.{ahead}"
    return "There are no cards to ask. `proofdeck build` makes them from a guide."


def _day_words(day: date, today: date) -> str:
    days = (day - today).days
    return "tomorrow" if days == 1 else f"on {day:%A, %-d %B} (in {days} days)"
