"""Judges typed answers by running the program with the answer in its gap.

It runs once as it is, and over other data (`cards.exercise.variant`) with another seed. Right is
what prints the same and leaves the same values, shapes and dtypes behind in both. So an answer may be written
in any way, and one that only knows the expected text is not right.
"""

from __future__ import annotations

import ast
import re
import warnings
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from cards.answer.correctness import Correctness
from cards.errors import ProofdeckError
from cards.exercise.filling import possible_sources
from cards.exercise.variant import NAMED_VALUE_PREFIX
from cards.prove.measuring.observe import SeededProgram, observe_once
from cards.prove.measuring.reference import (
    ReferenceRequest,
    ReferenceRun,
    answered_program,
    difference_in_cases,
    has_all_for,
    run_reference,
    seed_of_case,
)
from cards.python.suspicious import suspicious_names
from cards.python.syntax import tree_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cards.exercise.exercise import Exercise
    from cards.prove.client.transcript import Transcript
    from cards.prove.prover import Prover

_MOST_CHARACTERS = 4000
"""Of a typed answer; what is longer was pasted by mistake."""
_MOST_KNOWN = 4
"""The reference of the card that is asked, of the next one, and of those that an undo may bring back."""
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


@dataclass(slots=True)
class GapJudge:
    """Judges the answers to one exercise after the other."""

    prover: Prover | None
    """Where answers run; None compares code only."""
    _known: dict[ReferenceRequest, Sequence[ReferenceRun]] = field(default_factory=dict)
    """The runs of the references that were prepared last, the newest at the end."""

    def prepare(self, exercise: Exercise) -> None:
        """Run the reference, so that a typed answer need not wait for that; a second call is free."""
        self._reference(exercise)

    def _reference(self, exercise: Exercise, *, is_whole: bool = False) -> Sequence[ReferenceRun]:
        """Return the runs of the reference, of the whole program if asked."""
        request = ReferenceRequest(exercise.program, exercise.position, exercise.gap, is_whole)
        found = self._known.pop(request, None)
        if found is None:
            found = self._run_of(request)
        self._known[request] = found
        while len(self._known) > _MOST_KNOWN:
            del self._known[next(iter(self._known))]
        return found

    def _run_of(self, request: ReferenceRequest) -> Sequence[ReferenceRun]:
        if self.prover is not None:
            # Where it cannot run (no TensorFlow, nothing to confine it with), the code is compared.
            with suppress(ProofdeckError):
                ((_, cases),) = self.prover.run([request], run_reference)
                return cases
        return ()

    def judge(self, exercise: Exercise, typed: str) -> Judgement:
        """Return whether the answer is right, and why."""
        reference_runs = self._reference(exercise)
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
        if self.prover is None or not reference_runs:
            return Judgement(
                Correctness.UNSURE, "It is other code than the guide's, and was not run.", ran=False
            )
        used = {name for source in whole for name in suspicious_names(source)}
        if found := used - set(suspicious_names(exercise.source)):
            return Judgement(Correctness.WRONG, f"{min(found)}: an answer has to compute.", ran=False)
        message = ""
        for source in whole:
            try:
                differs = self._difference(exercise, source, reference_runs)
            except ProofdeckError as error:
                return Judgement(Correctness.UNSURE, f"It could not be run: {error}", ran=False)
            if not differs:
                return Judgement(Correctness.RIGHT, _right_sentence(reference_runs), ran=True)
            message = message or differs
        return Judgement(Correctness.WRONG, message, ran=True)

    def _difference(self, exercise: Exercise, source: str, cases: Sequence[ReferenceRun]) -> str:
        """Return how the program's behaviour differs with this source; empty where it does not."""
        assert self.prover is not None  # noqa: S101 - `judge` has looked
        position = exercise.position
        if not has_all_for(cases, exercise.program, position, source):
            cases = self._reference(exercise, is_whole=True) or cases
        if len(cases) == 1:
            cases = (*cases, *cases)
        seeded_programs = [
            SeededProgram(
                answered_program(
                    case.program, position, exercise.gap, source, _limit_seconds(case, position)
                ),
                seed_of_case(number),
            )
            for number, case in enumerate(cases)
        ]
        # Most that is wrong is seen to be on the guide's own data.
        done: list[Transcript] = []
        for several in (seeded_programs[:1], seeded_programs[1:]):
            found = dict(self.prover.run(several, observe_once))
            done += [found[each] for each in several]
            differs = difference_in_cases(cases[: len(done)], done, position)
            if differs is not None:
                is_own = cases[differs.number] is cases[0]
                where = "" if not differs.number else "with another seed " if is_own else "with other data "
                return _without_hidden_names(where + differs.message)
        return ""


def _limit_seconds(case: ReferenceRun, position: int) -> float:
    return _BASE_SECONDS + _TIME_FACTOR * case.expected.snippet_runs[position].seconds


def _without_hidden_names(message: str) -> str:
    return re.sub(rf"`{NAMED_VALUE_PREFIX}\d+`", "what it only describes in print", message)


def _right_sentence(cases: Sequence[ReferenceRun]) -> str:
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
