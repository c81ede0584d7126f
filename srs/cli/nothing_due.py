"""Sentences that say why nothing is asked today."""

from __future__ import annotations

from typing import TYPE_CHECKING

from srs.words import count

if TYPE_CHECKING:
    from datetime import date

    from srs.store.store import Store

_SOME_CARDS = 5


def nothing_due_text(store: Store, today: date, guide: str | None) -> str:
    """Return why nothing is asked today, and when the next card is due."""
    counts = store.queue.counts(today, guide)
    if store.decks.has_interview():
        from srs.sitting.planned_day import deck_plans

        if plans := deck_plans(store, today, guide):
            left = sum(len(plan.new) for plan in plans)
            more = f" {begin_more(left)}" if left else ""
            ahead = "`proofdeck review --ahead 10` asks ten before they are due"
            return f"What the plan has for today is done.{more} {ahead}."
    if counts.due and store.preferences.even_load.value == "on":
        return (
            f"Today's reviews are done. {counts.due} more {_is(counts.due)} due, and wait for a day without "
            "another card of the same block, or for the limit of a day."
        )
    if counts.due:
        due = f"{counts.due} more {_is(counts.due)} due"
        return f"Today's reviews are done. {due}; the limit for a day is reached."
    ahead = f" The next card is due {day_words(counts.next_due, today)}." if counts.next_due else ""
    if counts.new:
        began = (
            f", and today's {count(counts.begun, 'new card')} {_is(counts.begun)} begun"
            if counts.begun
            else ""
        )
        return f"Nothing is due{began}. {begin_more(counts.new)}{ahead}"
    if counts.next_due:
        return f"Nothing is due.{ahead}"
    return "There are no cards to ask. `proofdeck build` makes them from a guide."


def begin_more(new: int) -> str:
    """Return how many new cards wait, and the command that begins five of them, or all where fewer do."""
    begins = {1: "it"}.get(new, "them" if new <= _SOME_CARDS else "five")
    return f"{new_ones_wait(new)}: `proofdeck review --new {min(new, _SOME_CARDS)}` begins {begins}."


def new_ones_wait(number: int) -> str:
    """Return how many new cards wait, as the beginning of a sentence."""
    return f"{count(number, 'new one')} {'waits' if number == 1 else 'wait'}"


def _is(number: int) -> str:
    return "is" if number == 1 else "are"


def day_words(day: date, today: date) -> str:
    """Return when a later day is: tomorrow, or on which day of the week and in how many days."""
    days = (day - today).days
    return "tomorrow" if days == 1 else f"on {day:%A, %-d %B} (in {days} days)"
