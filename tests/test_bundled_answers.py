"""What learners type into the gaps of the real guide, judged by running it: `tests/bundled_answers.txt`.

A gap that appears needs answers, right and wrong. `pytest tests/test_bundled_answers.py --rewrite` writes
near misses for it and takes out the gaps that are no longer there; read them, and add what people really get
wrong.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from cards.answer.correctness import Correctness
from cards.answer.gap_answer import GapJudge
from cards.build.pipeline import finish_build, plan_build
from tests.builders.judged import Answers, right_answers, wrong_answers
from tests.builders.lock import parse_lock
from tests.builders.prover import started_prover

if TYPE_CHECKING:
    from cards.exercise.exercise import Exercise

HERE = Path(__file__).parent
GUIDE = HERE.parent / "source" / "tensorflow-interview.md"
TABLE = HERE / "bundled_answers.txt"
HEAD = (
    "# What learners could type into the gaps of the bundled guide:\n"
    "# `=` the question and the piece that is hidden, `+` right, `-` wrong.\n"
)
SIGNS = {"+": Correctness.RIGHT, "-": Correctness.WRONG}
LEAST = {Correctness.RIGHT: 1, Correctness.WRONG: 3}
MOST_WRITTEN = 4
PARTS = 4
"""Of the table, each judged by a process of its own."""


@cache
def exercises() -> dict[str, list[Exercise]]:
    """Return the gaps that the cards of the lock ask for, by `question: piece`."""
    lock = parse_lock(GUIDE.with_suffix(".lock").read_text("utf-8"), "lock")
    deck = finish_build(plan_build(GUIDE.read_text("utf-8"), "guide", lock, frozenset()), (), 1).deck
    found: dict[str, list[Exercise]] = {}
    for card in deck.whole_cards:
        if card.exercise is not None:
            found.setdefault(key_of(card.exercise), []).append(card.exercise)
    return found


def key_of(exercise: Exercise) -> str:
    return f"{exercise.program.name}: {exercise.gap.text}"


def table() -> dict[str, list[tuple[Correctness, str]]]:
    """Return the answers with their verdicts by `question: piece`."""
    found: dict[str, list[tuple[Correctness, str]]] = {}
    key = ""
    for line in TABLE.read_text("utf-8").splitlines():
        if line.startswith("= "):
            key = line[2:]
            assert key not in found, f"{key} stands twice"
            found[key] = []
        elif line[:1] in SIGNS:
            found[key].append((SIGNS[line[0]], line[2:]))
    return found


def rewrite(answers: dict[str, list[tuple[Correctness, str]]]) -> None:
    """Write the table of the gaps that there are, with near misses for those that have too few."""
    signs = {mark: sign for sign, mark in SIGNS.items()}
    text = HEAD
    for key, asked in exercises().items():
        rows = list(answers.get(key, []))
        if sum(mark is Correctness.WRONG for mark, _ in rows) < LEAST[Correctness.WRONG]:
            known = [typed for _, typed in rows]
            new = [typed for typed in wrong_answers(asked[0]) if typed not in known]
            rows += [(Correctness.WRONG, typed) for typed in new[:MOST_WRITTEN]]
        lines = [f"{signs[mark]} {typed}" for mark, typed in rows]
        text += "\n".join(["", f"= {key}", *lines, ""])
    TABLE.write_text(text, encoding="utf-8")


@pytest.mark.slow
def test_every_gap_of_the_guide_has_right_and_wrong_answers(request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--rewrite"):
        rewrite(table())
    answers = table()
    few = [
        key
        for key in exercises()
        for mark, least in LEAST.items()
        if [found for found, _ in answers.get(key, [])].count(mark) < least
    ]
    assert few == [], f"these gaps need answers in {TABLE.name}; --rewrite writes near misses"


@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
def test_every_answer_is_worth_what_it_does(part: int) -> None:
    answers = table()
    all_asked = [
        Answers(exercise, tuple(typed for _, typed in answers.get(key, [])))
        for key, several in exercises().items()
        for exercise in several
    ]
    asked = all_asked[part::PARTS]
    amiss = []
    with started_prover(workers=1) as prover:
        judge = GapJudge(prover)
        for exercise, right in right_answers(asked, prover):
            for mark, typed in answers.get(key_of(exercise), []):
                # Many share a process here; what is odd is judged as in a sitting.
                if (typed in right) is not (mark is Correctness.RIGHT):
                    judged = judge.judge(exercise, typed)
                    if judged.correctness is not mark:
                        amiss.append((key_of(exercise), typed, judged.correctness.value, judged.sentence))
    assert amiss == []
