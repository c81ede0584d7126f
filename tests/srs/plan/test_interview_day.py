"""What is asked until the day of an interview, as tables."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from srs.plan.answer_time import AnswerTimes, TimedAnswer, answer_times
from srs.plan.interview_day import (
    DayChoice,
    InterviewDay,
    PlannedCard,
    choose_day,
    gain_on_day,
    last_days,
)
from srs.schedule.sm2 import STARTING_EASE, FsrsMemory, Schedule

TODAY = date(2026, 3, 1)
TIMES = AnswerTimes(new_seconds=30.0, review_seconds=10.0)


def in_days(days: int, minutes: float = 10.0) -> InterviewDay:
    return InterviewDay(TODAY + timedelta(days=days), minutes)


def begun(name: str, *, due: int = 0, ago: int = 6, stability: float = 5.0, weight: int = 2) -> PlannedCard:
    schedule = Schedule(2, due + ago, STARTING_EASE, TODAY + timedelta(days=due))
    return PlannedCard(name, weight, schedule=schedule, memory=FsrsMemory(stability, 5.0))


def new(count: int) -> list[PlannedCard]:
    return [PlannedCard(f"new{number}", 2) for number in range(count)]


def seconds(choice: DayChoice) -> float:
    return len(choice.again) * TIMES.review_seconds + len(choice.new) * TIMES.new_seconds


def test_new_cards_are_spread_over_the_days_before_the_last_looks() -> None:
    choice = choose_day(in_days(30), TODAY, [], new(100), TIMES)
    # A hundred cards take two looks of ten seconds in the last four days of ten minutes.
    assert last_days(in_days(30), 100, TIMES) == 4
    assert (choice.again, choice.new) == ((), tuple(f"new{n}" for n in range(4)))


def test_what_is_due_comes_first_and_new_cards_keep_the_pace() -> None:
    due = [begun(f"due{number}") for number in range(10)]
    choice = choose_day(in_days(30), TODAY, due, new(100), TIMES)
    assert (len(choice.again), len(choice.new), choice.overflow) == (10, 4, ())


def test_new_cards_leave_a_fifth_of_the_minutes_to_what_is_due() -> None:
    due = [begun(f"due{number:02}") for number in range(40)]
    choice = choose_day(in_days(30), TODAY, due, new(1000), TIMES)
    assert (len(choice.again), len(choice.new)) == (12, 16)
    assert seconds(choice) == 600
    assert choice.overflow[0] == "due12"


def test_the_most_overdue_comes_first_and_what_is_not_due_waits() -> None:
    cards = [begun("later", due=1), begun("now", due=0), begun("late", due=-3), begun("today", ago=0)]
    assert choose_day(in_days(30), TODAY, cards, [], TIMES).again == ("late", "now")


def test_on_the_last_days_fragile_cards_come_first_and_due_or_not() -> None:
    cards = [begun("firm", due=9, stability=90.0), begun("fragile", due=9, stability=3.0)]
    choice = choose_day(in_days(1), TODAY, cards, [], TIMES)
    assert choice.is_last_looks
    assert choice.again == ("fragile", "firm")


def test_no_card_is_seen_twice_in_the_last_days_before_all_are_seen_once() -> None:
    cards = [begun("seen", ago=1, stability=0.5), begun("unseen", ago=20, stability=40.0)]
    many = [begun(f"more{number:03}", ago=1, stability=100.0) for number in range(200)]
    choice = choose_day(in_days(3), TODAY, [*cards, *many], [], TIMES)
    assert choice.again[0] == "unseen"


def test_core_goes_before_extra_where_memory_is_alike() -> None:
    cards = [begun("extra", weight=1), begun("core", weight=3), begun("plain")]
    assert choose_day(in_days(1), TODAY, cards, [], TIMES).again == ("core", "plain", "extra")


@pytest.mark.parametrize("days", [0, -1])
def test_on_the_day_and_after_it_nothing_is_chosen(days: int) -> None:
    assert choose_day(in_days(days), TODAY, [begun("due")], new(3), TIMES) == DayChoice((), (), ())


def test_what_was_done_today_counts() -> None:
    due = [begun(f"due{number:02}") for number in range(100)]
    choice = choose_day(in_days(40), TODAY, due, [], TIMES, seconds_used=500.0)
    assert len(choice.again) == 10


def test_a_look_helps_more_the_weaker_the_memory() -> None:
    day = TODAY + timedelta(days=3)
    assert gain_on_day(begun("a", stability=2.0), TODAY, day) > gain_on_day(
        begun("b", stability=50.0), TODAY, day
    )


@given(
    st.integers(1, 60),
    st.floats(1, 60),
    st.lists(st.tuples(st.integers(1, 60), st.integers(1, 30), st.floats(0.1, 200)), max_size=60),
    st.integers(0, 200),
)
def test_no_day_is_planned_over_its_minutes_and_no_card_twice(
    days: int, minutes: float, cards: list[tuple[int, int, float]], count: int
) -> None:
    known = [
        begun(f"card{number}", due=interval - ago, ago=ago, stability=stability)
        for number, (interval, ago, stability) in enumerate(cards)
    ]
    choice = choose_day(in_days(days, minutes), TODAY, known, new(count), TIMES)
    assert seconds(choice) <= minutes * 60 + TIMES.new_seconds
    chosen = (*choice.again, *choice.new, *choice.overflow)
    assert len(set(chosen)) == len(chosen)


def test_times_are_the_prior_until_there_are_answers() -> None:
    assert answer_times([]) == AnswerTimes()
    own = [TimedAnswer(is_first=False, took_ms=4000)] * 300
    found = answer_times(own)
    assert 4.0 < found.review_seconds < 5.0
    assert (found.new_seconds, found.own_answers) == (AnswerTimes().new_seconds, 300)


def test_an_answer_that_took_a_coffee_counts_as_two_minutes() -> None:
    (slow,) = {answer_times([TimedAnswer(is_first=True, took_ms=3_600_000)]).new_seconds}
    assert slow == pytest.approx((25.0 * 30 + 120) / 31)


def test_no_new_card_comes_with_another_of_its_block() -> None:
    cards = [PlannedCard(f"new{number}", 2, "q", guide="g", block=number // 2) for number in range(6)]
    assert choose_day(in_days(4), TODAY, [], cards, TIMES).new == ("new0", "new2")
    asked = begun("seen", due=0)._replace(guide="g", question="q", block=0)
    assert choose_day(in_days(4), TODAY, [asked], cards, TIMES).new == ("new2", "new4")
    assert choose_day(in_days(1), TODAY, [], cards, TIMES).new == ("new0", "new2", "new4")


def test_an_answer_without_a_time_says_nothing_of_the_learners_pace() -> None:
    times = answer_times([TimedAnswer(is_first=True, took_ms=0), TimedAnswer(is_first=False, took_ms=3)])
    assert times == AnswerTimes()
    assert times.seconds_of(TimedAnswer(is_first=True, took_ms=0)) == times.new_seconds
    assert times.seconds_of(TimedAnswer(is_first=True, took_ms=4000)) == 4.0


def test_where_days_are_even_a_due_card_waits_for_a_day_without_its_block() -> None:
    def of_block(name: str, late_days: int, interval_days: int) -> PlannedCard:
        card = begun(name, due=-late_days, ago=interval_days)
        return card._replace(question="q", block=1)

    cards = [of_block("a", 2, 20), of_block("b", 0, 20), of_block("c", 1, 39), begun("d", ago=40)]
    apart = in_days(60)._replace(is_even=True)
    assert sorted(choose_day(apart, TODAY, cards, [], TIMES).again) == ["a", "c", "d"]
    assert sorted(choose_day(in_days(60), TODAY, cards, [], TIMES).again) == ["a", "b", "c", "d"]
    answered = begun("z", due=6, ago=0)._replace(question="q", block=1)
    assert answered.schedule is not None
    assert answered.schedule.answered_on == TODAY
    assert choose_day(apart, TODAY, [answered, of_block("b", 0, 20)], [], TIMES) == DayChoice((), (), ())
