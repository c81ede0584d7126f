"""Realistic edits of guides in ten forms: no card gets another's history, hardly one loses its own."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest

from tests.builders.edited_guide import EDITS
from tests.builders.guide_words import WORDS
from tests.builders.identity_count import IdentityCount
from tests.builders.measured_edits import FOLDER, measure_edit

if TYPE_CHECKING:
    from tests.builders.edited_guide import Edit

ROUNDS, MORE_ROUNDS = 1, 4
LEAST_RIGHT = 0.995
MOST_MISSED = {"swap_answers": 0.04}
"""The share of cards that an edit may take for new ones, where it is more than for others.

Where two questions swap their answers, nobody can tell which of the two a card was.
"""


@cache
def measured(edit: Edit, rounds: int = ROUNDS) -> IdentityCount:
    return measure_edit(edit, rounds)


def test_every_guide_has_its_editor() -> None:
    assert {path.stem for path in FOLDER.glob("*.md")} == set(WORDS)
    assert len(WORDS) == 10


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.__name__)
def test_an_edit_gives_no_card_the_history_of_another(edit: Edit) -> None:
    found = measured(edit)
    assert found.builds > 0
    assert found.wrong == []
    assert len(found.missed) <= max(MOST_MISSED.get(edit.__name__, 0.01) * found.total, 1)


@pytest.mark.slow
def test_of_all_cards_after_all_edits_nearly_each_is_what_it_was() -> None:
    total = IdentityCount()
    for edit in EDITS:
        total.join(measured(edit, MORE_ROUNDS))
    assert total.wrong == []
    assert total.share_right >= LEAST_RIGHT
