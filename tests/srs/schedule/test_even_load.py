from __future__ import annotations

from datetime import date, timedelta

import pytest

from srs.schedule.even_load import DayLoad, due_on, even_schedule, slack_days
from srs.schedule.sm2 import LONGEST_INTERVAL_DAYS, STARTING_EASE, Grade, Schedule, sm2_schedule

ANSWERED = date(2026, 11, 22)


def schedule(interval_days: int) -> Schedule:
    return Schedule(3, interval_days, STARTING_EASE, ANSWERED + timedelta(days=interval_days))


def shift(interval_days: int, loads: dict[int, DayLoad], most_days: int = LONGEST_INTERVAL_DAYS) -> int:
    """Return by how many Days a card is moved; the loads are those of Days around its interval's own."""
    before = schedule(interval_days)
    by_day = {before.due + timedelta(days=days): load for days, load in loads.items()}
    after = even_schedule(before, by_day, most_days)
    assert after.interval_days == interval_days
    assert after.answered_on == ANSWERED
    assert after.wait_days == interval_days + after.shift_days
    return after.shift_days


@pytest.mark.parametrize(
    ("interval_days", "slack"),
    [(1, 0), (6, 0), (15, 0), (19, 0), (20, 1), (38, 1), (39, 1), (40, 2), (95, 4), (238, 11)],
)
def test_a_card_may_move_by_five_percent_of_its_interval_in_whole_days(
    interval_days: int, slack: int
) -> None:
    assert slack_days(interval_days) == slack


@pytest.mark.parametrize(
    ("loads", "days"),
    [
        ({}, 0),
        ({0: DayLoad(3), 1: DayLoad(2), -1: DayLoad(2), 2: DayLoad(2), -2: DayLoad(2)}, -1),
        ({0: DayLoad(3), 1: DayLoad(1), -1: DayLoad(2), 2: DayLoad(2), -2: DayLoad(2)}, 1),
        # Days that its slack does not reach count nothing.
        ({0: DayLoad(9), 1: DayLoad(9), -1: DayLoad(9), 2: DayLoad(9), -2: DayLoad(9), 3: DayLoad(0)}, 0),
        # A sibling weighs more than load, and one of the same block more than any other.
        (
            {
                0: DayLoad(1, has_sibling=True),
                1: DayLoad(9),
                -1: DayLoad(1, has_sibling=True),
                2: DayLoad(8, has_block_sibling=True, has_sibling=True),
                -2: DayLoad(10),
            },
            1,
        ),
        (
            {
                0: DayLoad(1, has_block_sibling=True, has_sibling=True),
                1: DayLoad(5, has_sibling=True),
                -1: DayLoad(1, has_block_sibling=True, has_sibling=True),
                2: DayLoad(4, has_sibling=True),
                -2: DayLoad(1, has_block_sibling=True, has_sibling=True),
            },
            2,
        ),
    ],
)
def test_the_day_without_a_sibling_and_with_the_least_load_is_chosen_else_the_nearest(
    loads: dict[int, DayLoad], days: int
) -> None:
    assert shift(40, loads) == days


def test_no_card_is_moved_beyond_the_longest_interval() -> None:
    assert shift(40, {0: DayLoad(5), -1: DayLoad(4), -2: DayLoad(6)}, most_days=40) == -1
    assert shift(40, {0: DayLoad(5)}, most_days=41) == -1
    assert shift(40, {0: DayLoad(5), -1: DayLoad(5), -2: DayLoad(5)}, most_days=41) == 1


def test_a_short_interval_is_never_moved() -> None:
    assert [shift(days, {0: DayLoad(99)}) for days in (1, 6, 15, 19)] == [0, 0, 0, 0]


def test_the_next_interval_is_the_one_that_sm2_says_without_the_shift() -> None:
    moved = even_schedule(schedule(38), {schedule(38).due: DayLoad(1)}, LONGEST_INTERVAL_DAYS)
    assert moved.shift_days == -1
    today = moved.due
    assert sm2_schedule(moved, Grade.GOOD, today) == sm2_schedule(schedule(38), Grade.GOOD, today)


def test_a_day_that_the_interval_does_not_reach_any_more_counts_nothing() -> None:
    before = schedule(40)
    assert due_on(before, None) == before
    assert due_on(before, before.due) == before
    assert due_on(before, before.due + timedelta(days=3)) == before
    moved = due_on(before, before.due - timedelta(days=2))
    assert (moved.due, moved.shift_days) == (before.due - timedelta(days=2), -2)
