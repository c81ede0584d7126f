from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest

from srs.schedule.memory_model import memory_after, recall_chance
from srs.schedule.simulation import SimulationResult, simulate
from srs.schedule.sm2 import FsrsMemory, Grade, sm2_schedule

START = date(2026, 1, 1)


def year(seed: int = 1, cards: int = 200) -> SimulationResult:
    return simulate(
        "sm2",
        sm2_schedule,
        cards=cards,
        new_a_day=10,
        days=365,
        start=START,
        random=Random(seed),  # noqa: S311 - a learner
    )


def test_the_same_seed_gives_the_same_year() -> None:
    assert year() == year()
    assert year(seed=2) != year()


def test_every_card_is_begun_at_the_pace_that_is_set() -> None:
    assert year().begun == 200
    assert year().answers[0] == 10


def test_most_of_what_is_reviewed_is_known_at_the_end() -> None:
    assert 0.75 < year().known < 1


def test_no_cards_cost_nothing() -> None:
    assert sum(year(cards=0).answers) == 0


def test_memory_is_at_nine_tenths_after_its_stability() -> None:
    assert recall_chance(FsrsMemory(10.0, 5.0), 10) == pytest.approx(0.9)


@pytest.mark.parametrize("grades", ["4 4 4", "1 4 5", "3 2 4 3", "5 5 1 1 4"])
def test_the_model_of_memory_is_the_packages(grades: str) -> None:
    fsrs = pytest.importorskip("fsrs")
    core = fsrs.Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
    ratings = {1: fsrs.Rating.Again, 2: fsrs.Rating.Again, 3: fsrs.Rating.Hard, 4: fsrs.Rating.Good}
    card, memory, now = fsrs.Card(card_id=1), None, datetime(2026, 1, 1, 12, tzinfo=UTC)
    for grade in map(int, grades.split()):
        card, _ = core.review_card(card, ratings.get(grade, fsrs.Rating.Easy), now)
        memory = memory_after(memory, Grade(grade), 4)
        assert (memory.stability_days, memory.difficulty) == pytest.approx((card.stability, card.difficulty))
        now += timedelta(days=4)
