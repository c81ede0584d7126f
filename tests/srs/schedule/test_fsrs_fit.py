from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING

import pytest

from cards.errors import ProofdeckError
from srs.schedule.fsrs_fit import LEAST_REVIEWS, count_predictable, fit_fsrs
from srs.schedule.memory_model import memory_after, recall_chance
from srs.schedule.sm2 import Grade

if TYPE_CHECKING:
    from collections.abc import Callable

pytest.importorskip("fsrs_rs_python")

START = date(2026, 1, 1)
History = list[tuple[date, Grade]]


def learner(number: int, chance: Callable[[float], float]) -> list[History]:
    """Return the histories of cards reviewed at growing intervals; `chance` bends the predicted recall."""
    random = Random(3)  # noqa: S311 - a learner, not a secret
    histories = []
    for card in range(number):
        day, interval = START + timedelta(days=card % 60), 1
        history: History = [(day, Grade.GOOD)]
        memory = memory_after(None, Grade.GOOD)
        for _ in range(5):
            day += timedelta(days=interval)
            recalled = random.random() < chance(recall_chance(memory, interval))
            grade = Grade.GOOD if recalled else Grade.WRONG
            memory = memory_after(memory, grade, interval)
            history.append((day, grade))
            interval = max(1, round(interval * 2.5)) if recalled else 1
        histories.append(history)
    return histories


def test_a_learner_who_forgets_more_than_most_is_predicted_better_by_the_fit() -> None:
    fit = fit_fsrs(learner(300, lambda chance: chance**6))
    assert (fit.reviews, fit.evaluated, len(fit.parameters)) == (1500, 300, 21)
    assert fit.is_better
    assert fit.fitted.rmse_bins < fit.published.rmse_bins


def test_equal_logs_give_equal_parameters() -> None:
    histories = learner(100, lambda chance: chance)
    one, other = fit_fsrs(histories), fit_fsrs(histories)
    assert one.parameters == other.parameters
    # The engine sums its bins in an order of its own.
    assert one.fitted == pytest.approx(other.fitted, rel=1e-6)


def test_too_few_reviews_are_refused_with_how_many_there_are_and_are_needed() -> None:
    histories = learner(3, lambda chance: chance)
    assert count_predictable(histories) == 15
    with pytest.raises(
        ProofdeckError, match=f"There are 15 reviews .* a fit needs {LEAST_REVIEWS}, as in Anki"
    ):
        fit_fsrs(histories)
