"""Say what today holds, and the one command to run, for `proofdeck` without words."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING

from cards.errors import ProofdeckError
from srs.cli.output.program_name import called
from srs.cli.output.wrapped_lines import print_wrapped

if TYPE_CHECKING:
    from datetime import date

    from srs.cli.context import CommandContext
    from srs.review.agenda import Agenda
    from srs.store.store import Store

_MOST_DUE_CARDS = 1000
"""As in one sitting."""
_MORE = "`proofdeck --help` lists all commands."


def print_today(context: CommandContext) -> None:
    """Print what today holds, in the width of the terminal."""
    print_wrapped(today_lines(context))


def today_lines(context: CommandContext) -> list[str]:
    """Return what today holds; a store that cannot be read is told of, and stops nobody."""
    # pathlib costs a third of an interpreter start
    if not os.path.exists(context.store_file):  # noqa: PTH110
        return _first_steps()
    from srs.store.store import Store

    try:
        with Store.open_existing(context.store_file) as store:
            return _lines(store, store.preferences.day(context.now()))
    except (ProofdeckError, OSError) as error:
        return [str(error), "", _MORE]


def _first_steps() -> list[str]:
    return [
        "There are no cards yet. This makes some of the guide that comes with proofdeck:",
        "",
        f"  {called('build')}",
        "",
        f"`proofdeck build my-guide.md` makes them of yours. {_MORE}",
    ]


def _lines(store: Store, today: date) -> list[str]:
    from srs.sitting.todays_agenda import todays_plan
    from srs.sitting.where_one_stands import standing_lines

    plan = todays_plan(store, today, most=_MOST_DUE_CARDS)
    stands: list[str] = []
    with suppress(ProofdeckError):
        stands = standing_lines(store, today, plan.plans)
    whole = held_words(plan.agenda, today, store.queue.counts(today).due)
    if not whole:
        from srs.cli.nothing_due import nothing_due_text

        return [nothing_due_text(store, today, None), *stands, "", _MORE]
    if plan.budget is not None:
        from srs.cli.nothing_asked import minutes_used_text

        if (used := minutes_used_text(plan)) is not None:
            return [used, *stands, "", _MORE]
    of_decks = [
        f"  {name}: {held}"
        for guide, name in store.decks.titles().items()
        if (held := _holds(plan.agenda, guide))
    ]
    decks = of_decks if len(of_decks) > 1 else []
    return [f"Today: {whole}.", *decks, *stands, "", f"  {called('review')}", "", _MORE]


def held_words(agenda: Agenda, today: date, due: int) -> str:
    """Return how many cards an agenda holds, and of how many due ones: `3 of 8 due, 1 to repeat, 10 new`.

    On the last days before an interview cards are asked that are not due; their number stands alone.
    """
    held = _holds(agenda)
    asked = len(agenda.due)
    if 0 < asked < due and all(card.due is not None and card.due <= today for card in agenda.due):
        return held.replace(f"{asked} due", f"{asked} of {due} due", 1)
    return held


def _holds(agenda: Agenda, guide: str | None = None) -> str:
    """Return how many cards an agenda holds, of one deck or of all: `3 due, 1 to repeat, 10 new`."""
    kinds = {"due": agenda.due, "to repeat": agenda.drills, "new": agenda.new}
    numbers = {
        word: len({card.card for card in cards if guide is None or card.guide == guide})
        for word, cards in kinds.items()
    }
    return ", ".join(f"{number} {word}" for word, number in numbers.items() if number)
