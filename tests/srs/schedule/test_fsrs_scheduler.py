from __future__ import annotations

from datetime import date

import pytest

from srs.schedule.sm2 import Grade, Schedule

pytest.importorskip("fsrs")

from srs.schedule.fsrs_scheduler import fsrs_scheduler

START = date(2026, 1, 1)


def history(grades: str, retention: float = 0.9) -> list[int]:
    answer = fsrs_scheduler(retention)
    schedule: Schedule | None = None
    today, intervals = START, []
    for grade in grades.split():
        schedule = answer(schedule, Grade(int(grade)), today)
        intervals.append(schedule.interval_days)
        today = schedule.due
    return intervals


def test_it_agrees_with_the_package_itself() -> None:
    import fsrs

    core = fsrs.Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
    card, intervals = fsrs.Card(card_id=1), []
    from datetime import UTC, datetime, time

    now = datetime.combine(START, time(12), UTC)
    for rating in (fsrs.Rating.Good, fsrs.Rating.Good, fsrs.Rating.Again, fsrs.Rating.Hard, fsrs.Rating.Easy):
        card, _ = core.review_card(card, rating, now)
        intervals.append((card.due - now).days)
        now = card.due
    assert history("4 4 2 3 5") == intervals


def test_more_retention_means_shorter_intervals() -> None:
    often, seldom = history("4 4 4 4", 0.95), history("4 4 4 4", 0.8)
    assert all(short < long for short, long in zip(often, seldom, strict=True))


def test_equal_logs_give_equal_schedules() -> None:
    assert history("4 3 2 4 5 4") == history("4 3 2 4 5 4")
