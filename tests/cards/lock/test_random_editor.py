"""A random editor at work on ten guides: histories are kept, none is swapped, other answers are said."""

from __future__ import annotations

from random import Random

import pytest

from tests.builders.edited_guide import lines_of
from tests.builders.guide_life import GuideLife
from tests.builders.guide_words import WORDS
from tests.builders.measured_edits import guide_text

STEPS, MORE_STEPS = 5, 100
MOST_LOST = 0.0005
"""The share of cards that may be new although their old one was there, without a report that asks.

Where two questions swap their answers, or a short entry of a list is put in other words, nobody can tell.
"""


def lived(name: str, steps: int, seed: int) -> GuideLife:
    chance = Random(seed)  # noqa: S311 - repeatable edits
    life = GuideLife(lines_of(guide_text(name)), WORDS[name], chance)
    for _ in range(steps):
        life.step()
    return life


@pytest.mark.parametrize("name", WORDS)
def test_a_few_edits_in_a_row_swap_no_history_and_say_every_other_answer(name: str) -> None:
    life = lived(name, STEPS, seed=1)
    assert (life.wrong, life.unsaid) == ([], [])


@pytest.mark.slow
def test_a_thousand_edits_keep_nearly_every_history_and_say_every_other_answer() -> None:
    lives = [lived(name, MORE_STEPS, seed=2) for name in WORDS]
    cards = sum(life.cards for life in lives)
    assert [line for life in lives for line in (*life.wrong, *life.unsaid)] == []
    assert sum(len(life.lost) for life in lives) <= MOST_LOST * cards
