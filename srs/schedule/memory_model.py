"""How memory fades: FSRS-6's published model, here as the learner whom a simulation asks.

Source: open-spaced-repetition, The FSRS-6 algorithm, with its default parameters, which were fitted to
about 350 million reviews of 10,000 people.
"""

from __future__ import annotations

from math import exp
from typing import TYPE_CHECKING

from srs.schedule.sm2 import Grade, Memory

if TYPE_CHECKING:
    from random import Random

_W = (
    0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796, 1.4835, 0.0614,
    0.2629, 1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542,
)  # fmt: skip
_DECAY = -_W[20]
_FACTOR = 0.9 ** (1 / _DECAY) - 1

_RATING = {Grade.BLACKOUT: 1, Grade.WRONG: 1, Grade.NEARLY: 1, Grade.HARD: 2, Grade.GOOD: 3, Grade.PERFECT: 4}

# How first answers, and answers that were right, are spread over the grades: rounded from the same data.
_FIRST_GRADES = ((0.3, Grade.WRONG), (0.4, Grade.HARD), (0.85, Grade.GOOD), (1.0, Grade.PERFECT))
_RIGHT_GRADES = ((0.12, Grade.HARD), (0.84, Grade.GOOD), (1.0, Grade.PERFECT))


def recall_chance(memory: Memory, elapsed_days: int) -> float:
    """Return how likely a card is recalled so many days after its last answer."""
    chance: float = (1 + _FACTOR * elapsed_days / memory.stability_days) ** _DECAY
    return chance


def remembered(memory: Memory | None, grade: Grade, elapsed_days: int = 0) -> Memory:
    """Return the memory after an answer."""
    rating = _RATING[grade]
    if memory is None:
        return Memory(_W[rating - 1], _within(_first_difficulty(rating)))
    stability, difficulty = memory.stability_days, memory.difficulty
    chance = recall_chance(memory, elapsed_days)
    if rating == 1:
        long_term = (
            _W[11] * difficulty ** -_W[12] * ((stability + 1) ** _W[13] - 1) * exp((1 - chance) * _W[14])
        )
        stability = min(long_term, stability / exp(_W[17] * _W[18]))
    else:
        growth = exp(_W[8]) * (11 - difficulty) * stability ** -_W[9] * (exp((1 - chance) * _W[10]) - 1)
        stability *= 1 + growth * {2: _W[15], 3: 1.0, 4: _W[16]}[rating]
    damped = difficulty - _W[6] * (rating - 3) * (10 - difficulty) / 9
    difficulty = _W[7] * _first_difficulty(4) + (1 - _W[7]) * damped
    return Memory(max(0.001, stability), _within(difficulty))


def given_grade(memory: Memory | None, elapsed_days: int, random: Random) -> Grade:
    """Return the grade that a learner with this memory gives."""
    if memory is None:
        return _spread(_FIRST_GRADES, random)
    if random.random() >= recall_chance(memory, elapsed_days):
        return Grade.WRONG
    return _spread(_RIGHT_GRADES, random)


def _spread(grades: tuple[tuple[float, Grade], ...], random: Random) -> Grade:
    drawn = random.random()
    return next(grade for limit, grade in grades if drawn < limit)


def _first_difficulty(rating: int) -> float:
    return _W[4] - exp(_W[5] * (rating - 1)) + 1


def _within(difficulty: float) -> float:
    return min(10.0, max(1.0, difficulty))
