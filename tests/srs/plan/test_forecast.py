"""What the Days until an interview will hold, and what is known at their end."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

import pytest

from srs.plan.answer_time import AnswerTimes
from srs.plan.forecast import Forecast, forecast, weighted_recall
from srs.plan.interview_day import InterviewDay, PlannedCard
from srs.schedule.sm2 import sm2_schedule

TODAY = date(2026, 3, 1)
TIMES = AnswerTimes(new_seconds=20.0, review_seconds=8.0)


def foretold(days: int, count: int = 200, minutes: float = 10.0, seed: int = 1) -> Forecast:
    cards = [PlannedCard(f"card{number}", 2, f"question{number % 20}") for number in range(count)]
    interview = InterviewDay(TODAY + timedelta(days=days), minutes)
    return forecast(interview, TODAY, cards, TIMES, sm2_schedule, Random(seed))  # noqa: S311 - a learner


def test_in_six_weeks_every_card_is_begun_and_most_is_known() -> None:
    found = foretold(42)
    assert (found.left_out, len(found.days)) == ((), 42)
    assert 0.85 < found.recall < 1.0
    assert found.last_new_day is not None
    assert found.last_new_day < TODAY + timedelta(days=40)
    assert found.days[-1].is_last_looks


def test_no_day_takes_more_than_its_minutes() -> None:
    assert max(day.minutes for day in foretold(21).days) <= 10.5


def test_what_does_not_fit_is_the_end_of_the_order() -> None:
    found = foretold(3)
    begun = {card.card for card in found.cards} - {card.card for card in found.left_out}
    assert begun == {f"card{number}" for number in range(len(begun))}
    assert 0 < len(begun) < 200


def test_more_time_is_more_known() -> None:
    assert foretold(7).recall < foretold(14).recall < foretold(42).recall
    assert foretold(14, minutes=5).recall < foretold(14, minutes=20).recall


def test_the_same_seed_foretells_the_same() -> None:
    assert foretold(10) == foretold(10)


@pytest.mark.parametrize("days", [0, -3])
def test_on_the_day_and_after_it_nothing_is_left_to_ask(days: int) -> None:
    assert (foretold(days).days, foretold(days).recall) == ((), 0.0)


def test_nothing_of_no_cards_is_known() -> None:
    assert weighted_recall([], TODAY) == 0.0


def test_what_is_known_day_by_day_grows_to_what_is_known_at_the_end() -> None:
    found = foretold(21)
    shares = [day.known for day in found.days]
    assert shares == sorted(shares)
    assert shares[0] > 0
    assert shares[-1] == pytest.approx(found.recall)
