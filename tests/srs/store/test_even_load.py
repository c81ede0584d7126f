"""Days that were chosen so that every Day has about as much: data of the log, from which all follows."""

from __future__ import annotations

import sqlite3
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from srs.review.log import Act
from srs.schedule.even_load import DayLoad
from srs.schedule.sm2 import FsrsMemory, Schedule
from srs.store.health import check_health, rebuild_standings
from srs.store.plan.day_load import read_day_loads
from srs.store.store_merge import merge_store
from tests.builders.deck import CARDS
from tests.builders.store import answered, store_with

if TYPE_CHECKING:
    from pathlib import Path

    from srs.store.store import Store

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
FIRST = CARDS[0].id
DAYS_BETWEEN = (0, 1, 6, 15)
"""Right answers when the card is due each time; the next interval is 38 days."""


def learnt(store: Store, card: str = FIRST) -> datetime:
    """Answer a card three times when it is due, and return when it is due for the fourth time."""
    at = NOW
    for days in DAYS_BETWEEN[:3]:
        at += timedelta(days=days)
        answered(store, card, 4, at)
    return at + timedelta(days=DAYS_BETWEEN[3])


def schedule(store: Store, card: str = FIRST) -> Schedule:
    (row,) = (row for row in store.cards.rows() if row.id == card)
    assert row.standing.schedule is not None
    return row.standing.schedule


def test_the_chosen_day_is_kept_with_the_answer_and_the_next_interval_is_sm2s(store: Store) -> None:
    at = learnt(store)
    chosen = at.date() + timedelta(days=37)
    result = answered(store, FIRST, 4, at, due_on=chosen)
    found = schedule(store)
    assert result.standing.schedule == found
    assert (found.interval_days, found.shift_days, found.due) == (38, -1, chosen)
    assert found.answered_on == at.date()
    assert [entry.due_on for entry in store.log.history(FIRST)] == [None, None, None, chosen]
    answered(store, FIRST, 4, at + timedelta(days=37))
    assert (schedule(store).interval_days, schedule(store).shift_days) == (95, 0)
    assert check_health(store).wrong_standings == ()


def test_an_undo_takes_the_chosen_day_back(store: Store) -> None:
    at = learnt(store)
    before = schedule(store)
    answered(store, FIRST, 4, at, due_on=at.date() + timedelta(days=39))
    store.log.undo(at=at + timedelta(minutes=1))
    assert schedule(store) == before


def test_a_day_beyond_five_percent_of_the_interval_counts_nothing(store: Store) -> None:
    at = learnt(store)
    answered(store, FIRST, 4, at, due_on=at.date() + timedelta(days=40))
    assert (schedule(store).due, schedule(store).shift_days) == (at.date() + timedelta(days=38), 0)


def test_doctor_finds_and_mends_a_shift_that_the_log_does_not_imply(store: Store) -> None:
    at = learnt(store)
    answered(store, FIRST, 4, at, due_on=at.date() + timedelta(days=37))
    right = schedule(store)
    store.connection.execute("UPDATE card SET shift_days = 1 WHERE id = ?", (FIRST,))
    assert [wrong.card for wrong in check_health(store).wrong_standings] == [FIRST]
    assert rebuild_standings(store) == 1
    assert schedule(store) == right


def test_two_machines_that_chose_other_days_have_the_same_after_both_merges(tmp_path: Path) -> None:
    with store_with(tmp_path / "a.db") as here, store_with(tmp_path / "b.db") as there:
        at = learnt(here)
        merge_store(there, here.path)
        answered(here, FIRST, 4, at, due_on=at.date() + timedelta(days=37))
        answered(there, FIRST, 4, at + timedelta(hours=1), due_on=at.date() + timedelta(days=39))
        merge_store(here, there.path)
        merge_store(there, here.path)
        # Of two reviews on a Day the first counts, with its Day.
        assert schedule(here) == schedule(there)
        assert schedule(here).shift_days == -1
        assert check_health(here).wrong_standings == check_health(there).wrong_standings == ()


def test_a_merge_that_changes_the_interval_drops_a_day_that_does_not_fit_it(tmp_path: Path) -> None:
    with store_with(tmp_path / "a.db") as here, store_with(tmp_path / "b.db") as there:
        at = learnt(here)
        merge_store(there, here.path)
        answered(there, FIRST, 1, at - timedelta(days=1))
        answered(here, FIRST, 4, at, due_on=at.date() + timedelta(days=37))
        for one, other in ((here, there), (there, here)):
            merge_store(one, other.path)
            assert (schedule(one).interval_days, schedule(one).shift_days) == (1, 0)
            assert check_health(one).wrong_standings == ()


def test_another_scheduler_keeps_the_day_where_its_interval_reaches_it(store: Store) -> None:
    at = learnt(store)
    chosen = at.date() + timedelta(days=37)
    answered(store, FIRST, 4, at, due_on=chosen)
    folded = schedule(store)
    assert folded.memory is None

    def other(before: Schedule | None, _: object, today: date) -> Schedule:
        return Schedule(
            1, 36 if before else 1, folded.ease_factor, today + timedelta(days=36), 0, FsrsMemory(9.0, 5.0)
        )

    from srs.review.log import fold_log

    again = fold_log(store.log.history(FIRST), other).schedule
    assert again is not None
    assert (again.interval_days, again.due, again.shift_days) == (36, chosen, 1)


def test_only_a_review_has_a_chosen_day_and_no_entry_is_changed(store: Store) -> None:
    at = learnt(store)
    with pytest.raises(sqlite3.IntegrityError, match="CHECK"):
        store.connection.execute(
            "INSERT INTO log (card, act, at, day, grade, due_on) "
            "VALUES (?, 'drill', '2026-11-24T09:00:00.000Z', '2026-11-24', 4, '2026-12-01')",
            (FIRST,),
        )
    answered(store, FIRST, 4, at, due_on=at.date() + timedelta(days=37))
    with pytest.raises(sqlite3.IntegrityError, match="never changed"):
        store.connection.execute("UPDATE log SET due_on = '2026-12-01', undone_at = at WHERE due_on > ''")


def test_the_load_of_a_day_tells_siblings_and_cards_of_the_same_block_from_others(store: Store) -> None:
    day = date(2027, 1, 10)
    *siblings, other = (card.id for card in CARDS[1:4])
    for number, card in enumerate((*siblings, other)):
        store.connection.execute(
            "UPDATE card SET due = ?, interval_days = 9, repetitions = 3, ease_factor = 250, lapses = 0, "
            "block = ? WHERE id = ?",
            ((day + timedelta(days=number)).isoformat(), number, card),
        )
    store.connection.execute("UPDATE card SET block = 0 WHERE id = ?", (FIRST,))
    store.connection.execute(
        "UPDATE card SET question = CASE WHEN id = ? THEN 'another' ELSE 'one' END", (other,)
    )
    assert read_day_loads(store, FIRST, day, day + timedelta(days=9)) == {
        day: DayLoad(1, has_block_sibling=True, has_sibling=True),
        day + timedelta(days=1): DayLoad(1, has_sibling=True),
        day + timedelta(days=2): DayLoad(1),
    }
    store.connection.execute("UPDATE card SET suspended = 1 WHERE id = ?", (other,))
    assert day + timedelta(days=2) not in read_day_loads(store, FIRST, day, day + timedelta(days=9))
    assert read_day_loads(store, siblings[0], day, day) == {}


def test_acts_that_are_no_review_choose_no_day(store: Store) -> None:
    at = learnt(store)
    answered(store, FIRST, 4, at, act=Act.CRAM)
    assert schedule(store).interval_days == 15
