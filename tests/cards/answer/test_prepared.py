"""References are run before they are needed, and not again for the card before or after."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from cards.answer.gap_answer import GapJudge
from tests.builders.exercise import exercise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cards.prove.prover import Prover

GAPS = [exercise(f"print(sum([1], start={number}))", f"start={number}") for number in range(9)]


class CountingProver:
    """Runs nothing, and counts how often it was asked to."""

    def __init__(self) -> None:
        self.count = 0

    def run(self, work: list[Any], _: object) -> Iterator[tuple[Any, tuple[()]]]:
        self.count += 1
        yield work[0], ()


def runs_of(*prepared: int) -> int:
    prover = CountingProver()
    judge = GapJudge(cast("Prover", prover))
    for number in prepared:
        judge.prepare(GAPS[number])
    return prover.count


def test_this_card_and_the_next_are_prepared_once_each() -> None:
    assert runs_of(0, 1, 0, 1, 0) == 2


def test_what_was_prepared_long_ago_is_forgotten() -> None:
    assert runs_of(0, 1, 2, 3, 0) == 4
    assert runs_of(0, 1, 2, 3, 4, 0) == 6
