from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from math import ceil
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards.card.card import CardId
from srs.review.log import Act, EntryId, LogEntry, fold_log
from srs.schedule.sm2 import (
    LONGEST_INTERVAL_DAYS,
    Grade,
    Schedule,
    becomes_leech,
    limit_intervals,
    preview_grades,
    sm2_schedule,
)

START = date(2026, 1, 1)


def review(grade: Grade, day: date) -> LogEntry:
    """Answer one card on a day."""
    return LogEntry(EntryId(f"{day}-{grade}"), CardId("card"), Act.REVIEW, f"{day}T09:00:00.000Z", day, grade)


def history(grades: str) -> list[Schedule]:
    """Answer on each due day."""
    schedules: list[Schedule] = []
    schedule, today = None, START
    for grade in grades.split():
        schedule = sm2_schedule(schedule, Grade(int(grade)), today)
        today = schedule.due
        schedules.append(schedule)
    return schedules


@pytest.mark.parametrize(
    ("grades", "intervals", "ease_factor"),
    [
        pytest.param("4 4 4 4 4 4", [1, 6, 15, 38, 95, 238], 250, id="always good"),
        pytest.param("5 5 5 5 5 5", [1, 6, 17, 48, 140, 420], 310, id="always perfect"),
        pytest.param("3 3 3 3 3 3", [1, 6, 14, 30, 59, 107], 166, id="always hard"),
        pytest.param("4 4 4 2 4 4 4", [1, 6, 15, 1, 1, 6, 15], 250, id="a failure starts again"),
        pytest.param("5 5 5 1 5 5 5", [1, 6, 17, 1, 1, 6, 18], 310, id="a failure keeps the ease factor"),
        pytest.param("0 0 4 4 4 4", [1, 1, 1, 6, 15, 38], 250, id="failures at the start"),
        pytest.param("4 5 3 4 5 3 4", [1, 6, 16, 40, 99, 254, 615], 242, id="mixed"),
    ],
)
def test_the_published_algorithm_gives_these_intervals(
    grades: str, intervals: list[int], ease_factor: int
) -> None:
    schedules = history(grades)
    assert [schedule.interval_days for schedule in schedules] == intervals
    assert schedules[-1].ease_factor == ease_factor


def test_integers_do_not_round_up_what_is_whole() -> None:
    assert history("3 3 4 5 4 3")[-1].interval_days == 174


def exact(grades: list[int]) -> list[tuple[int, Fraction]]:
    """The thesis's formulas in exact rationals: the oracle."""
    ease, repetition, interval, result = Fraction(5, 2), 0, 0, []
    for q in grades:
        if q < 3:
            repetition, interval = 0, 1
        else:
            repetition += 1
            interval = {1: 1, 2: 6}.get(repetition) or ceil(interval * ease)
            eased = ease + (Fraction(1, 10) - (5 - q) * (Fraction(8, 100) + (5 - q) * Fraction(2, 100)))
            ease = max(Fraction(13, 10), eased)
        interval = min(interval, LONGEST_INTERVAL_DAYS)
        result.append((interval, ease))
    return result


@given(st.lists(st.integers(0, 5), max_size=40))
def test_it_agrees_with_an_exact_rational_oracle(grades: list[int]) -> None:
    schedules = history(" ".join(map(str, grades)))
    got = [(schedule.interval_days, Fraction(schedule.ease_factor, 100)) for schedule in schedules]
    assert got == exact(grades)


@pytest.mark.slow
def test_it_agrees_with_the_oracle_over_100000_random_steps() -> None:
    random = Random(20261122)  # noqa: S311 - a fixed sequence, not a secret
    # Graded with failures in it, so that the intervals stay those that people have.
    grades = random.choices(range(6), weights=[1, 2, 3, 14, 50, 30], k=100_000)
    schedule, today, got = None, START, []
    for grade in grades:
        schedule = sm2_schedule(schedule, Grade(grade), today)
        got.append((schedule.interval_days, Fraction(schedule.ease_factor, 100)))
    assert got == exact(grades)


@given(st.lists(st.sampled_from(Grade), min_size=1, max_size=60))
def test_the_due_day_never_leaves_the_calendar(grades: list[Grade]) -> None:
    schedule = None
    for grade in grades:
        schedule = sm2_schedule(schedule, grade, date(2026, 11, 22))
        assert 1 <= schedule.interval_days <= LONGEST_INTERVAL_DAYS


def test_a_preview_says_what_each_grade_would_do() -> None:
    schedule = history("4 4")[-1]
    intervals = {int(grade): after.interval_days for grade, after in preview_grades(schedule, START).items()}
    assert intervals == {0: 1, 1: 1, 2: 1, 3: 15, 4: 15, 5: 15}


def test_a_late_answer_counts_the_stored_interval_not_the_days_waited() -> None:
    schedule = history("4 4")[-1]
    late = sm2_schedule(schedule, Grade.GOOD, schedule.due + timedelta(days=100))
    assert late.interval_days == 15


def test_lapses_count_failures_of_what_was_known() -> None:
    assert [schedule.lapses for schedule in history("0 0 4 1 1 4 4 2")] == [0, 0, 0, 1, 1, 1, 1, 2]


def test_a_fold_over_a_log_gives_the_last_schedule() -> None:
    entries = [review(Grade.GOOD, START), review(Grade.GOOD, START + timedelta(days=1))]
    assert fold_log(entries).schedule == history("4 4")[-1]


def test_a_second_answer_on_one_day_is_drill() -> None:
    entries = [review(Grade.NEARLY, START), review(Grade.PERFECT, START)]
    assert fold_log(entries).schedule == history("2")[-1]


def test_a_longest_interval_cuts_what_is_longer() -> None:
    within = limit_intervals(sm2_schedule, 30)
    schedule = history("4 4 4")[-1]
    assert within(schedule, Grade.GOOD, START).interval_days == 30


def test_a_leech_is_told_at_the_8th_lapse_and_every_4th_after() -> None:
    assert [lapses for lapses in range(1, 25) if becomes_leech(lapses - 1, lapses)] == [8, 12, 16, 20, 24]
