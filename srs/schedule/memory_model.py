"""A simulated learner: FSRS-6's published model of how memory fades.

Source: open-spaced-repetition, The FSRS-6 algorithm, with its default parameters, which were fitted to
about 350 million reviews of 10,000 people.
"""

from __future__ import annotations

from math import exp
from typing import TYPE_CHECKING

from srs.schedule.sm2 import FsrsMemory, Grade

if TYPE_CHECKING:
    from random import Random

_WEIGHTS = (
    0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796, 1.4835, 0.0614,
    0.2629, 1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542,
)  # fmt: skip
_DECAY = -_WEIGHTS[20]
_FACTOR = 0.9 ** (1 / _DECAY) - 1

_RATING = {Grade.BLACKOUT: 1, Grade.WRONG: 1, Grade.NEARLY: 1, Grade.HARD: 2, Grade.GOOD: 3, Grade.PERFECT: 4}

# How first answers, and answers that were right, are spread over the grades: rounded from the same data.
_FIRST_GRADES = ((0.3, Grade.WRONG), (0.4, Grade.HARD), (0.85, Grade.GOOD), (1.0, Grade.PERFECT))
_RIGHT_GRADES = ((0.12, Grade.HARD), (0.84, Grade.GOOD), (1.0, Grade.PERFECT))


def recall_chance(memory: FsrsMemory, elapsed_days: int) -> float:
    """Return how likely a card is recalled so many days after its last answer; surely on it, and before.

    A clock that was wrong leaves answers of days that are still to come.
    """
    chance: float = (1 + _FACTOR * max(0, elapsed_days) / memory.stability_days) ** _DECAY
    return chance


def memory_after(memory: FsrsMemory | None, grade: Grade, elapsed_days: int = 0) -> FsrsMemory:
    """Return the learner's memory of a card after an answer."""
    rating = _RATING[grade]
    if memory is None:
        return FsrsMemory(_WEIGHTS[rating - 1], _clamp_difficulty(_first_difficulty(rating)))
    stability, difficulty = memory.stability_days, memory.difficulty
    chance = recall_chance(memory, elapsed_days)
    if rating == 1:
        long_term = (
            _WEIGHTS[11]
            * difficulty ** -_WEIGHTS[12]
            * ((stability + 1) ** _WEIGHTS[13] - 1)
            * exp((1 - chance) * _WEIGHTS[14])
        )
        stability = min(long_term, stability / exp(_WEIGHTS[17] * _WEIGHTS[18]))
    else:
        growth = (
            exp(_WEIGHTS[8])
            * (11 - difficulty)
            * stability ** -_WEIGHTS[9]
            * (exp((1 - chance) * _WEIGHTS[10]) - 1)
        )
        stability *= 1 + growth * {2: _WEIGHTS[15], 3: 1.0, 4: _WEIGHTS[16]}[rating]
    damped = difficulty - _WEIGHTS[6] * (rating - 3) * (10 - difficulty) / 9
    difficulty = _WEIGHTS[7] * _first_difficulty(4) + (1 - _WEIGHTS[7]) * damped
    return FsrsMemory(max(0.001, stability), _clamp_difficulty(difficulty))


def draw_grade(memory: FsrsMemory | None, elapsed_days: int, random: Random) -> Grade:
    """Return the grade that a learner with this memory gives."""
    if memory is None:
        return _draw(_FIRST_GRADES, random)
    if random.random() >= recall_chance(memory, elapsed_days):
        return Grade.WRONG
    return _draw(_RIGHT_GRADES, random)


def _draw(grades: tuple[tuple[float, Grade], ...], random: Random) -> Grade:
    drawn = random.random()
    return next(grade for limit, grade in grades if drawn < limit)


def _first_difficulty(rating: int) -> float:
    return _WEIGHTS[4] - exp(_WEIGHTS[5] * (rating - 1)) + 1


def _clamp_difficulty(difficulty: float) -> float:
    return min(10.0, max(1.0, difficulty))
