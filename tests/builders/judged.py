"""Many answers to one gap judged in few runs, and wrong answers that are made from the gap."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cards.exercise.filling import possible_sources
from cards.exercise.near_miss import Excuse, Surroundings, near_misses
from cards.prove.client.run_request import keras_of
from cards.prove.decide.not_run import reasons_not_run
from cards.prove.measuring.reference import (
    ReferenceRequest,
    answered_program,
    difference_in_cases,
    has_all_for,
    run_reference,
    seed_of_case,
)
from cards.prove.measuring.trial import Trial, run_together
from cards.python.syntax import tree_of

if TYPE_CHECKING:
    from cards.exercise.exercise import Exercise
    from cards.program.snippet import Snippet
    from cards.prove.client.run_request import ProverContext, Runs
    from cards.prove.prover import Prover

_LIMIT_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Answers:
    """What may be typed into one gap."""

    exercise: Exercise
    typed: tuple[str, ...]

    @property
    def name(self) -> str:
        return self.exercise.program.name

    @property
    def snippets(self) -> tuple[Snippet, ...]:
        return self.exercise.program.snippets


def judge_answers(answers: Answers, context: ProverContext) -> Runs[frozenset[str]]:
    """Return which of the answers are right, judged as in a sitting but all in one process."""
    exercise = answers.exercise
    position, gap = exercise.position, exercise.gap
    not_run = frozenset(reasons_not_run(exercise.program, context))
    keras = keras_of(exercise.program, not_run)
    left = [
        (typed, source)
        for typed in answers.typed
        for source in possible_sources(exercise.source, gap, typed)
        if tree_of(source)
    ]
    request = ReferenceRequest(exercise.program, position, gap)
    cases = yield from run_reference(request, context)
    if not all(has_all_for(cases, exercise.program, position, source) for _, source in left):
        cases = yield from run_reference(replace(request, is_whole=True), context)
    for number, case in enumerate(cases):
        trials = [
            Trial(answered_program(case.program, position, gap, source, _LIMIT_SECONDS), seed_of_case(number))
            for _, source in left
        ]
        found = yield from run_together(trials, not_run, keras)
        left = [
            each
            for each, run in zip(left, found, strict=True)
            if run is not None and difference_in_cases([case], [run], position) is None
        ]
    return frozenset(typed for typed, _ in left) if cases else frozenset()


def right_answers(answers: list[Answers], prover: Prover) -> list[tuple[Exercise, frozenset[str]]]:
    """Return for each gap which of its answers are right."""
    return [(each.exercise, right) for each, right in prover.run(answers, judge_answers)]


def wrong_answers(exercise: Exercise, printed: str = "") -> list[str]:
    """Return what a person could type wrongly into the gap, likeliest first."""
    gap = exercise.gap
    row = exercise.source.split("\n")[gap.line - 1]
    before, after = row[: gap.start], row[gap.end :]
    found = []
    for near in near_misses(exercise.source, gap, Surroundings({}, printed)):
        line = near.source.split("\n")[gap.line - 1]
        typed = line[len(before) : len(line) - len(after)]
        is_plain = line.startswith(before) and line.endswith(after) and "__import__" not in typed
        if is_plain and near.excuse is Excuse.NONE and typed.strip() not in {"", "None"}:
            found.append(typed)
    return [typed for typed in found if "lambda" not in typed]
