"""Fit FSRS-6 to a learner's own log, by the package `fsrs-rs-python` (an optional extra), and evaluate it."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

from cards.errors import ProofdeckError
from srs.schedule.sm2 import Grade

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date
    from types import ModuleType

LEAST_REVIEWS = 400
"""Reviews of cards that had been learnt: as Anki 24.04 (open-spaced-repetition, tutorial of fsrs4anki)."""
_HELD_BACK = 5
"""One in so many reviews, the latest, is not fitted to: the parameters are evaluated on them."""
_RATINGS = {
    Grade.BLACKOUT: 1,
    Grade.WRONG: 1,
    Grade.NEARLY: 1,
    Grade.HARD: 2,
    Grade.GOOD: 3,
    Grade.PERFECT: 4,
}

FsrsParameters = tuple[float, ...]
"""The 21 weights of FSRS-6; none for the published ones."""


class Evaluation(NamedTuple):
    """How far predicted recall was from what was recalled; less is better."""

    log_loss: float
    rmse_bins: float
    """Root mean square error between predicted and seen recall, over groups of alike reviews."""


class FsrsFit(NamedTuple):
    """Parameters that were fitted, and how they predict the latest reviews."""

    parameters: FsrsParameters
    reviews: int
    """Those that could be predicted: of cards that had been learnt."""
    evaluated: int
    """The latest of them, which both were evaluated on and neither was fitted to."""
    published: Evaluation
    fitted: Evaluation

    @property
    def is_better(self) -> bool:
        """Whether the fitted parameters predict better than the published ones."""
        return self.fitted.log_loss < self.published.log_loss


def count_predictable(histories: Iterable[Sequence[tuple[date, Grade]]]) -> int:
    """Return how many reviews were of a card that had been learnt."""
    return sum(max(0, len(history) - 1) for history in histories)


def fit_fsrs(histories: Sequence[Sequence[tuple[date, Grade]]]) -> FsrsFit:
    """Return parameters fitted to cards' histories, each the Days and grades of its reviews, one a Day.

    They are evaluated on the latest reviews after a fit to those before; the parameters returned are fitted
    to all. Raises ProofdeckError where the extra is not installed, or there are too few reviews.
    """
    reviews = count_predictable(histories)
    if reviews < LEAST_REVIEWS:
        raise ProofdeckError(
            f"There are {reviews} reviews of cards that had been learnt; a fit needs {LEAST_REVIEWS}, as in "
            "Anki 24.04. Until then the published parameters predict better."
        )
    engine = _engine()
    items = _items(engine, histories)
    held_back = max(1, len(items) // _HELD_BACK)
    before, latest = items[:-held_back], items[-held_back:]
    trial = engine.FSRS([]).compute_parameters(before, enable_short_term=False)
    return FsrsFit(
        tuple(engine.FSRS([]).compute_parameters(items, enable_short_term=False)),
        reviews,
        len(latest),
        _evaluation(engine, [], latest),
        _evaluation(engine, trial, latest),
    )


def _engine() -> ModuleType:
    try:
        return import_module("fsrs_rs_python")
    except ImportError:
        raise ProofdeckError(
            "A fit needs the package fsrs-rs-python: install `proofdeck[fsrs-fit]`. "
            "Until then the published parameters stay."
        ) from None


def _items(engine: ModuleType, histories: Iterable[Sequence[tuple[date, Grade]]]) -> list[Any]:
    """Return an item for each review that can be predicted, with those before it, the earliest first."""
    dated: list[tuple[date, Any]] = []
    for history in histories:
        reviews: list[Any] = []
        last: date | None = None
        for day, grade in history:
            reviews.append(engine.FSRSReview(_RATINGS[grade], (day - last).days if last else 0))
            if last is not None:
                dated.append((day, engine.FSRSItem(list(reviews))))
            last = day
    return [item for _, item in sorted(dated, key=lambda pair: pair[0])]


def _evaluation(engine: ModuleType, parameters: Sequence[float], items: list[Any]) -> Evaluation:
    found = engine.FSRS(parameters).evaluate(items)
    return Evaluation(found.log_loss, found.rmse_bins)
