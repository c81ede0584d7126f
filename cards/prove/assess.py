"""Typed answers judged by what they do.

The program runs with the answer in its gap, once as it is and once over other data (`cards.variant`) and
with another seed. Right is what prints the same and leaves the same values, shapes and dtypes behind in both.
So an answer may be written in any way, and one that only knows the expected text is not right.
"""

from __future__ import annotations

import ast
import warnings
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from cards.errors import ProofdeckError
from cards.gap import readings, with_source
from cards.prove.behaviour import difference
from cards.prove.observe import Trial, steady
from cards.syntax import tree_of
from cards.variant import variants

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cards.exercise import Exercise
    from cards.prove.prover import Prover
    from cards.prove.transcript import Transcript
    from cards.snippet import Program

_SEEDS = (0, 1)
"""What differs between two runs with these is left open."""


class Mark(StrEnum):
    """What a typed answer is worth."""

    RIGHT = "right"
    WRONG = "wrong"
    UNSURE = "unsure"
    """It is other code than the reference, and nothing was run."""
    SYNTAX = "syntax"
    """It is no Python; it may be typed again."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What was found out about a typed answer."""

    mark: Mark
    sentence: str
    """What differed, or how it was found right."""
    ran: bool
    """The program ran with it; otherwise the code was only compared."""


@dataclass(frozen=True, slots=True)
class _Case:
    """A program that the reference was run in, and what it did with any seed."""

    program: Program
    did: Transcript


@dataclass(slots=True)
class Grader:
    """Judges the answers to one exercise after the other."""

    prover: Prover | None
    """Where answers run; None compares code only."""
    _exercise: Exercise | None = None
    _cases: Sequence[_Case] = field(default_factory=tuple)

    def prepare(self, exercise: Exercise) -> None:
        """Run the reference, so that a typed answer need not wait for that; a second call is free."""
        if exercise == self._exercise:
            return
        self._exercise = exercise
        self._cases = ()
        if self.prover is not None:
            try:
                self._cases = _cases(exercise, self.prover)
            except ProofdeckError:
                # Nothing runs here (no TensorFlow, nothing to confine it with): compare the code.
                self.prover = None

    def judge(self, exercise: Exercise, typed: str) -> Judgement:
        """Return what the answer is worth."""
        self.prepare(exercise)
        if not typed.strip():
            return Judgement(Mark.SYNTAX, "Nothing was typed.", ran=False)
        sources = readings(exercise.source, exercise.gap, typed)
        whole = [source for source in sources if tree_of(source) is not None]
        if not whole:
            return Judgement(Mark.SYNTAX, _syntax_error(sources[0]), ran=False)
        if any(_shape_of(source) == _shape_of(exercise.source) for source in whole):
            return Judgement(Mark.RIGHT, "It is the same code.", ran=False)
        if self.prover is None or not self._cases:
            return Judgement(Mark.UNSURE, "It is other code than the guide's, and was not run.", ran=False)
        told = [self._told(exercise, source) for source in whole]
        if "" in told:
            return Judgement(Mark.RIGHT, _praise(self._cases), ran=True)
        return Judgement(Mark.WRONG, told[0], ran=True)

    def _told(self, exercise: Exercise, source: str) -> str:
        """Return what the program does otherwise with this source; empty where it does the same."""
        assert self.prover is not None  # noqa: S101 - `judge` has looked
        own, other = self._cases[0], self._cases[-1]
        cases = [(own, 0, ""), (other, 1, "with other data " if other is not own else "with another seed ")]
        trials = [
            Trial(with_source(case.program, exercise.position, _same_data(case, exercise, source)), seed)
            for case, seed, _ in cases
        ]
        done = dict(self.prover.run(trials))
        tolerance = exercise.program.snippets[exercise.position].directives.tolerance
        for (case, _, where), trial in zip(cases, trials, strict=True):
            if told := difference(case.did, done[trial], exercise.position, tolerance):
                return where + told
        return ""


def _same_data(case: _Case, exercise: Exercise, source: str) -> str:
    """Return the answer's source with the case's data: the lines around the gap are the case's."""
    lines = case.program.snippets[exercise.position].source.split("\n")
    answered = source.split("\n")
    place = exercise.gap.line - 1
    added = len(answered) - len(lines)
    return "\n".join([*lines[:place], *answered[place : place + added + 1], *lines[place + 1 :]])


def _cases(exercise: Exercise, prover: Prover) -> tuple[_Case, ...]:
    """Return the reference as it is, and over other data with which it runs and prints something else.

    Nothing where the reference does not run here.
    """
    programs = [exercise.program, *variants(exercise.program, exercise.position, exercise.gap)]
    trials = [Trial(program, seed) for program in programs for seed in _SEEDS]
    done = dict(prover.run(trials))
    own, *others = [
        _Case(program, steady(*(done[Trial(program, seed)] for seed in _SEEDS))) for program in programs
    ]
    piece = own.did.pieces[exercise.position]
    if not (piece.done and own.did.finished):
        return ()
    telling = [
        case
        for case in others
        if case.did.finished
        and case.did.pieces[exercise.position].done
        and case.did.pieces[exercise.position].printed != piece.printed
    ]
    return (own, *telling[:1])


def _praise(cases: Sequence[_Case]) -> str:
    return "It does the same, with other data too." if len(cases) > 1 else "It does the same."


def _shape_of(source: str) -> str:
    """Return code without what makes no difference: spacing, quotes, the order of keyword arguments."""
    tree = tree_of(source)
    for node in ast.walk(tree) if tree else ():
        if isinstance(node, ast.Call):
            node.keywords.sort(key=lambda keyword: keyword.arg or "")
    return ast.dump(tree) if tree else ""


def _syntax_error(source: str) -> str:
    with warnings.catch_warnings(action="ignore"):
        try:
            ast.parse(source)
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            said = error.msg if isinstance(error, SyntaxError) else str(error)
            return f"This is no Python: {said}."
    return "This is no Python."


def judgement_value(judgement: Judgement) -> dict[str, Any]:
    """Return the judgement as plain JSON."""
    return asdict(judgement)
