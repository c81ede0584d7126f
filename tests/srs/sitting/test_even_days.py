from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from srs.review.preferences import EvenLoad
from srs.review.sitting_state import begin_sitting
from srs.schedule.sm2 import Grade
from srs.sitting.sitting import Sitting
from srs.sitting.todays_agenda import todays_agenda
from srs.sitting.wanted import Wanted
from tests.builders.deck import CARDS
from tests.builders.store import answered

if TYPE_CHECKING:
    from srs.store.store import Store

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
DUE = NOW + timedelta(days=22)
FIRST, SECOND = CARDS[0].id, CARDS[1].id


def sitting_with_two_cards_due(store: Store) -> Sitting:
    """Return a sitting on the Day on which two cards come for the fourth time."""
    for card in (FIRST, SECOND):
        for days in (0, 1, 7):
            answered(store, card, 4, NOW + timedelta(days=days))
    state = begin_sitting(todays_agenda(store, DUE.date(), Wanted(new=0)))
    return Sitting(store, state, today=DUE.date(), now=lambda: DUE)


def test_the_keys_show_the_day_that_it_will_be(store: Store) -> None:
    store.save_preference("even_load", EvenLoad.ON)
    sitting = sitting_with_two_cards_due(store)
    waits = []
    while sitting.current() is not None:
        shown = sitting.intervals()[Grade.GOOD]
        result = sitting.grade(Grade.GOOD)
        assert result is not None
        assert result.standing.schedule is not None
        assert result.standing.schedule.due == DUE.date() + timedelta(days=shown)
        waits.append(shown)
    assert waits == [38, 37]


def test_without_even_days_the_keys_show_the_interval(store: Store) -> None:
    sitting = sitting_with_two_cards_due(store)
    waits = []
    while sitting.current() is not None:
        waits.append(sitting.intervals()[Grade.GOOD])
        sitting.grade(Grade.GOOD)
    assert waits == [38, 38]
