"""What learners type into gaps in the code of the real guide, judged by running: `tests/bundled_answers.txt`.

A gap that a card asks for needs answers, right and wrong; one that a card asked for once is judged as long as
its code stands in the guide. `pytest tests/test_bundled_answers.py --rewrite` writes near misses for a new
gap and takes out those whose code is gone; read them, and add what people really get wrong.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from cards.answer.correctness import Correctness
from cards.answer.gap_answer import GapJudge
from cards.build.pipeline import BuildPlan, finish_build, plan_build
from cards.exercise.candidates import gap_candidates
from cards.exercise.exercise import Exercise, exercise_of
from tests.builders.judged import Answers, right_answers, wrong_answers
from tests.builders.lock import parse_lock
from tests.builders.prover import started_prover

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cards.prove.prover import Prover

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
"""Of the table, each judged by a test of its own."""


@cache
def plan() -> BuildPlan:
    """Return the plan of the guide with the lock of the repository."""
    lock = parse_lock(GUIDE.with_suffix(".lock").read_text("utf-8"), "lock")
    return plan_build(GUIDE.read_text("utf-8"), "guide", lock, frozenset())


@cache
def asked_exercises() -> dict[str, list[Exercise]]:
    """Return the gaps that the cards of the lock ask for, by `question: piece`."""
    found: dict[str, list[Exercise]] = {}
    for card in finish_build(plan(), (), 1).deck.whole_cards:
        if card.exercise is not None:
            found.setdefault(key_of(card.exercise), []).append(card.exercise)
    return found


@cache
def exercises() -> dict[str, list[Exercise]]:
    """Return the gaps that cards ask for, and those of the table that the guide's code still has."""
    found = dict(asked_exercises())
    for program in plan().programs:
        for snippet in program.snippets:
            for gap in gap_candidates(snippet.source) if snippet.stated is not None else ():
                exercise = exercise_of(snippet.name, gap, [program])
                if exercise is not None and key_of(exercise) in table():
                    found.setdefault(key_of(exercise), [exercise])
    return found


def key_of(exercise: Exercise) -> str:
    return f"{exercise.program.name}: {exercise.gap.text}"


@cache
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
        table.cache_clear()
    answers = table()
    few = [
        key
        for key in asked_exercises()
        for mark, least in LEAST.items()
        if [found for found, _ in answers.get(key, [])].count(mark) < least
    ]
    assert few == [], f"these gaps need answers in {TABLE.name}; --rewrite writes near misses"


@pytest.fixture(scope="module")
def prover() -> Iterator[Prover]:
    """One import of TensorFlow for the whole table."""
    with started_prover(workers=1) as prover:
        yield prover


@pytest.mark.parametrize("part", range(PARTS))
def test_every_answer_is_worth_what_it_does(prover: Prover, part: int) -> None:
    answers = table()
    all_asked = [
        Answers(exercise, tuple(typed for _, typed in answers.get(key, [])))
        for key, several in exercises().items()
        for exercise in several
    ]
    asked = all_asked[part::PARTS]
    amiss = []
    judge = GapJudge(prover)
    for exercise, right in right_answers(asked, prover):
        for mark, typed in answers.get(key_of(exercise), []):
            # Many share a process here; what is odd is judged as in a sitting.
            if (typed in right) is not (mark is Correctness.RIGHT):
                judged = judge.judge(exercise, typed)
                if judged.correctness is not mark:
                    amiss.append((key_of(exercise), typed, judged.correctness.value, judged.sentence))
    assert amiss == []
