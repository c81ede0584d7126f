"""Judges typed answers by running the program with the answer in its gap.

It runs once as it is and once over other data (`cards.exercise.variant`) and with another seed. Right is
what prints the same and leaves the same values, shapes and dtypes behind in both. So an answer may be written
in any way, and one that only knows the expected text is not right.
"""

from __future__ import annotations

import ast
import re
import warnings
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from cards.answer.behaviour import difference, random_names
from cards.answer.correctness import Correctness
from cards.errors import ProofdeckError
from cards.exercise.filling import possible_sources, with_source
from cards.exercise.variant import NAMED_VALUE_PREFIX, program_variants, with_named_values
from cards.prove.observe import SeededProgram, observe_once, stable_part
from cards.python.suspicious import suspicious_names
from cards.python.syntax import tree_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cards.exercise.exercise import Exercise
    from cards.program.program import Program
    from cards.prove.client.transcript import Transcript
    from cards.prove.prover import Prover

_SEEDS = (0, 1)
"""What differs between two runs with these is left open."""

_MOST_CHARACTERS = 4000
"""Of a typed answer; what is longer was pasted by mistake."""
_TIME_FACTOR = 10.0
"""How many times the reference's seconds an answer may take, beyond a first few."""
_BASE_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether a typed answer is right, and why."""

    correctness: Correctness
    sentence: str
    """What differed, or how it was found right."""
    ran: bool
    """The program ran with it; otherwise the code was only compared."""


@dataclass(frozen=True, slots=True)
class _ReferenceRun:
    """A program with the reference in it, and what it printed and left behind whatever the seed."""

    program: Program
    expected: Transcript
    random: frozenset[str]
    """The names whose numbers differ with another seed."""


@dataclass(slots=True)
class GapJudge:
    """Judges the answers to one exercise after the other."""

    prover: Prover | None
    """Where answers run; None compares code only."""
    _exercise: Exercise | None = None
    _reference_runs: Sequence[_ReferenceRun] = field(default_factory=tuple)

    def prepare(self, exercise: Exercise) -> None:
        """Run the reference, so that a typed answer need not wait for that; a second call is free."""
        if exercise == self._exercise:
            return
        self._exercise = exercise
        self._reference_runs = ()
        if self.prover is not None:
            try:
                self._reference_runs = _run_reference(exercise, self.prover)
            except ProofdeckError:
                # Nothing runs here (no TensorFlow, nothing to confine it with): compare the code.
                self.prover = None

    def judge(self, exercise: Exercise, typed: str) -> Judgement:
        """Return whether the answer is right, and why."""
        self.prepare(exercise)
        if not typed.strip():
            return Judgement(Correctness.SYNTAX, "Nothing was typed.", ran=False)
        if len(typed) > _MOST_CHARACTERS:
            return Judgement(
                Correctness.SYNTAX, f"It has more than {_MOST_CHARACTERS} characters.", ran=False
            )
        sources = possible_sources(exercise.source, exercise.gap, typed)
        errors = [_syntax_error(source) for source in sources]
        if all(errors):
            return Judgement(Correctness.SYNTAX, errors[0], ran=False)
        whole = [source for source, error in zip(sources, errors, strict=True) if not error]
        if any(_normal_form(source) == _normal_form(exercise.source) for source in whole):
            return Judgement(Correctness.RIGHT, "It is the same code.", ran=False)
        if self.prover is None or not self._reference_runs:
            return Judgement(
                Correctness.UNSURE, "It is other code than the guide's, and was not run.", ran=False
            )
        used = {name for source in whole for name in suspicious_names(source)}
        if found := used - set(suspicious_names(exercise.source)):
            return Judgement(Correctness.WRONG, f"{min(found)}: an answer has to compute.", ran=False)
        message = ""
        for source in whole:
            try:
                differs = self._difference(exercise, source)
            except ProofdeckError as error:
                return Judgement(Correctness.UNSURE, f"It could not be run: {error}", ran=False)
            if not differs:
                return Judgement(Correctness.RIGHT, _right_sentence(self._reference_runs), ran=True)
            message = message or differs
        return Judgement(Correctness.WRONG, message, ran=True)

    def _difference(self, exercise: Exercise, source: str) -> str:
        """Return how the program's behaviour differs with this source; empty where it does not."""
        assert self.prover is not None  # noqa: S101 - `judge` has looked
        as_given, varied = self._reference_runs[0], self._reference_runs[-1]
        cases = [
            (as_given, 0, ""),
            (varied, 1, "with other data " if varied is not as_given else "with another seed "),
        ]
        seeded_programs = [
            SeededProgram(
                _program_with_answer(case, exercise, _with_data_of_run(case, exercise, source)), seed
            )
            for case, seed, _ in cases
        ]
        done = dict(self.prover.run(seeded_programs, observe_once))
        tolerance = exercise.program.snippets[exercise.position].directives.tolerance
        for (case, _, where), seeded in zip(cases, seeded_programs, strict=True):
            if message := difference(case.expected, done[seeded], exercise.position, tolerance):
                return where + _without_hidden_names(message)
        found = random_names(done[seeded_programs[0]], done[seeded_programs[1]], exercise.position)
        if fixed := as_given.random & varied.random - found:
            return _without_hidden_names(
                f"`{min(fixed)}`: yours is the same with every seed, expected random numbers"
            )
        return ""


def _without_hidden_names(message: str) -> str:
    return re.sub(rf"`{NAMED_VALUE_PREFIX}\d+`", "what it only describes in print", message)


def _program_with_answer(case: _ReferenceRun, exercise: Exercise, source: str) -> Program:
    """Return the reference run's program with the answer's source, and a limit on its seconds."""
    position = exercise.position
    directives = case.program.snippets[position].directives
    seconds = _BASE_SECONDS + _TIME_FACTOR * case.expected.snippet_runs[position].seconds
    limit = min(seconds, directives.timeout_seconds or seconds)
    program = with_source(case.program, position, source)
    snippets = list(program.snippets)
    snippets[position] = replace(snippets[position], directives=replace(directives, timeout_seconds=limit))
    return replace(program, snippets=tuple(snippets))


def _with_data_of_run(case: _ReferenceRun, exercise: Exercise, source: str) -> str:
    """Return the answer's source with the reference run's data in the lines around the gap."""
    lines = case.program.snippets[exercise.position].source.split("\n")
    answered = source.split("\n")
    row = exercise.gap.line - 1
    added = len(answered) - len(lines)
    return "\n".join([*lines[:row], *answered[row : row + added + 1], *lines[row + 1 :]])


def _run_reference(exercise: Exercise, prover: Prover) -> tuple[_ReferenceRun, ...]:
    """Run the reference as it is and over other data; return the runs that are complete.

    Nothing where the reference does not run here.
    """
    given, gap = exercise.program, exercise.gap
    programs = [
        with_named_values(each, exercise.position, gap)
        for each in (given, *program_variants(given, exercise.position, gap))
    ]
    seeded_programs = [SeededProgram(program, seed) for program in programs for seed in _SEEDS]
    done = dict(prover.run(seeded_programs, observe_once))
    position = exercise.position
    own, *others = [
        _reference_run(program, [done[SeededProgram(program, seed)] for seed in _SEEDS], position)
        for program in programs
    ]
    if not _is_complete(own, position):
        return ()
    printed = own.expected.snippet_runs[position].printed
    running = [
        case
        for case in others
        if _is_complete(case, position)
        and bool(case.expected.snippet_runs[position].printed) == bool(printed)
    ]
    # What prints something else tells most; else the values that are left behind do.
    running.sort(key=lambda case: case.expected.snippet_runs[position].printed == printed)
    return (own, *running[:1])


def _reference_run(program: Program, runs: Sequence[Transcript], position: int) -> _ReferenceRun:
    one, other = runs
    return _ReferenceRun(program, stable_part(one, other), random_names(one, other, position))


def _is_complete(case: _ReferenceRun, position: int) -> bool:
    return case.expected.finished and case.expected.snippet_runs[position].done


def _right_sentence(cases: Sequence[_ReferenceRun]) -> str:
    return "It does the same, with other data too." if len(cases) > 1 else "It does the same."


def _normal_form(source: str) -> str:
    """Return code in a form that ignores spacing, quotes and the order of keyword arguments."""
    tree = tree_of(source)
    for node in ast.walk(tree) if tree else ():
        if isinstance(node, ast.Call):
            node.keywords.sort(key=lambda keyword: keyword.arg or "")
    try:
        return ast.dump(tree) if tree else ""
    except RecursionError:  # `-` a thousand times
        return source


def _syntax_error(source: str) -> str:
    """Return why the source does not parse or compile; empty where it does."""
    with warnings.catch_warnings(action="ignore"):
        try:
            compile(source, "answer", "exec", dont_inherit=True)
        except SyntaxError as error:
            return f"This is no Python: {error.msg}."
        except (ValueError, RecursionError, MemoryError, OverflowError, SystemError) as error:
            return f"This is no Python: {error}."
    return ""


def judgement_json(judgement: Judgement) -> dict[str, Any]:
    """Return a judgement as the JSON that the judge process answers with."""
    return {"mark": judgement.correctness, "sentence": judgement.sentence, "ran": judgement.ran}
