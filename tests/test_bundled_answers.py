"""What learners type into the gaps of the real guide, judged by running it: `tests/bundled_answers.txt`."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from cards.answer.correctness import Correctness
from cards.answer.gap_answer import GapJudge
from cards.build.pipeline import finish_build, plan_build
from tests.builders.lock import parse_lock
from tests.builders.prover import started_prover

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cards.exercise.exercise import Exercise

HERE = Path(__file__).parent
GUIDE = HERE.parent / "source" / "tensorflow-interview.md"
SIGNS = {"+": Correctness.RIGHT, "-": Correctness.WRONG}
LEAST = 3


@cache
def exercises() -> tuple[Exercise, ...]:
    """Return the gaps that the cards of the lock ask for."""
    lock = parse_lock(GUIDE.with_suffix(".lock").read_text("utf-8"), "lock")
    deck = finish_build(plan_build(GUIDE.read_text("utf-8"), "guide", lock, frozenset()), (), 1).deck
    return tuple(card.exercise for card in deck.whole_cards if card.exercise is not None)


def table() -> dict[str, list[tuple[Correctness, str]]]:
    """Return the answers with their verdicts by the piece that is hidden."""
    found: dict[str, list[tuple[Correctness, str]]] = {}
    piece = ""
    for line in (HERE / "bundled_answers.txt").read_text("utf-8").splitlines():
        if line.startswith("= "):
            piece = line[2:]
            assert piece not in found, f"{piece} stands twice"
            found[piece] = []
        elif line[:1] in SIGNS:
            found[piece].append((SIGNS[line[0]], line[2:]))
    return found


@pytest.fixture(scope="module")
def gap_judge() -> Iterator[GapJudge]:
    with started_prover(workers=2) as prover:
        yield GapJudge(prover)


@pytest.mark.slow
def test_every_gap_of_the_guide_has_right_and_wrong_answers() -> None:
    answers = table()
    pieces = {exercise.gap.text for exercise in exercises()}
    few = [
        piece
        for piece in pieces
        if min([mark for mark, _ in answers.get(piece, [])].count(mark) for mark in SIGNS.values()) < LEAST
    ]
    assert (few, sorted(answers.keys() - pieces)) == ([], [])


@pytest.mark.parametrize("piece", table())
def test_an_answer_is_worth_what_it_does(gap_judge: GapJudge, piece: str) -> None:
    wanted = {typed: mark for mark, typed in table()[piece]}
    asked = [exercise for exercise in exercises() if exercise.gap.text == piece]
    judged = [(typed, gap_judge.judge(exercise, typed)) for exercise in asked for typed in wanted]
    assert asked
    assert [
        (typed, found.sentence) for typed, found in judged if found.correctness is not wanted[typed]
    ] == []
