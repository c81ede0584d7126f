"""FSRS as a scheduler, by the package `fsrs` (an optional extra)."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

from cards.errors import ProofdeckError
from srs.schedule.day import days_later
from srs.schedule.sm2 import STARTING_EASE, FsrsMemory, Grade, Schedule

if TYPE_CHECKING:
    from srs.schedule.sm2 import Scheduler


def fsrs_scheduler(retention: float, parameters: tuple[float, ...] = ()) -> Scheduler:
    """Return FSRS-6, aiming at a share of cards known when they are due.

    `parameters` are its 21 weights as fitted to a learner's log; none for those that were published.

    Whole days, no learning steps within a Day and no random spread: equal logs give equal schedules.
    Raises ProofdeckError where the extra is not installed.
    """
    try:
        import fsrs
    except ImportError:
        raise ProofdeckError(
            "The scheduler fsrs needs the package of that name: install `proofdeck[fsrs]`, "
            "or go back with `proofdeck settings scheduler sm2`. The log serves both."
        ) from None

    try:
        core = fsrs.Scheduler(
            parameters or fsrs.scheduler.DEFAULT_PARAMETERS,
            desired_retention=retention,
            learning_steps=(),
            relearning_steps=(),
            enable_fuzzing=False,
        )
    except ValueError:
        raise ProofdeckError(
            "The package fsrs refuses these parameters as out of bounds: `proofdeck settings fsrs default` "
            "goes back to the published ones."
        ) from None
    ratings = {
        Grade.BLACKOUT: fsrs.Rating.Again,
        Grade.WRONG: fsrs.Rating.Again,
        Grade.NEARLY: fsrs.Rating.Again,
        Grade.HARD: fsrs.Rating.Hard,
        Grade.GOOD: fsrs.Rating.Good,
        Grade.PERFECT: fsrs.Rating.Easy,
    }

    def answer(schedule: Schedule | None, grade: Grade, today: date) -> Schedule:
        card = fsrs.Card(card_id=0)
        if schedule is not None and schedule.memory is not None:
            card.state = fsrs.State.Review
            card.step = None
            card.stability = schedule.memory.stability_days
            card.difficulty = schedule.memory.difficulty
            card.last_review = _noon(schedule.answered_on)
            card.due = _noon(schedule.due)
        after, _ = core.review_card(card, ratings[grade], _noon(today))
        if after.stability is None or after.difficulty is None:
            raise ProofdeckError("The package fsrs left a card without a memory: update it.")
        interval_days = max(1, (after.due.date() - today).days)
        repetitions = schedule.repetitions if schedule else 0
        lapses = schedule.lapses if schedule else 0
        return Schedule(
            repetitions + 1 if grade.recalled else 0,
            interval_days,
            schedule.ease_factor if schedule else STARTING_EASE,
            days_later(today, interval_days),
            lapses + (repetitions > 0 and not grade.recalled),
            FsrsMemory(after.stability, after.difficulty),
        )

    return answer


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), UTC)
