"""Typed answers judged by what they do.

The program runs with the answer in its gap, once as it is and once over other data
(`cards.exercise.variant`) and with another seed. Right is what prints the same and leaves the same values, shapes and dtypes behind in both.
So an answer may be written in any way, and one that only knows the expected text is not right.
"""

from __future__ import annotations

import ast
import re
import warnings
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, Any

from cards.answer.behaviour import difference, random_names
from cards.answer.worth import Worth
from cards.errors import ProofdeckError
from cards.exercise.gap import readings, with_source
from cards.exercise.variant import SEEN, variants, watched
from cards.prove.observe import Trial, steady
from cards.python.syntax import tree_of
from cards.python.unbound import tricks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cards.exercise.exercise import Exercise
    from cards.program.program import Program
    from cards.prove.prover import Prover
    from cards.prove.transcript import Transcript

_SEEDS = (0, 1)
"""What differs between two runs with these is left open."""

_MOST_CHARACTERS = 4000
"""Of a typed answer; what is longer was pasted by mistake."""
_PATIENCE = 10.0
"""How many times the reference's seconds an answer may take, beyond a first few."""
_FIRST_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Judgement:
    """What was found out about a typed answer."""

    mark: Worth
    sentence: str
    """What differed, or how it was found right."""
    ran: bool
    """The program ran with it; otherwise the code was only compared."""


@dataclass(frozen=True, slots=True)
class _Case:
    """A program that the reference was run in, and what it did with any seed."""

    program: Program
    did: Transcript
    random: frozenset[str]
    """The names whose numbers differ with another seed."""


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
            return Judgement(Worth.SYNTAX, "Nothing was typed.", ran=False)
        if len(typed) > _MOST_CHARACTERS:
            return Judgement(Worth.SYNTAX, f"It has more than {_MOST_CHARACTERS} characters.", ran=False)
        sources = readings(exercise.source, exercise.gap, typed)
        errors = [_syntax_error(source) for source in sources]
        if all(errors):
            return Judgement(Worth.SYNTAX, errors[0], ran=False)
        whole = [source for source, error in zip(sources, errors, strict=True) if not error]
        if any(_shape_of(source) == _shape_of(exercise.source) for source in whole):
            return Judgement(Worth.RIGHT, "It is the same code.", ran=False)
        if self.prover is None or not self._cases:
            return Judgement(Worth.UNSURE, "It is other code than the guide's, and was not run.", ran=False)
        if found := set(tricks(typed)) - set(tricks(exercise.source)):
            return Judgement(Worth.WRONG, f"{min(found)}: an answer has to compute.", ran=False)
        told = ""
        for source in whole:
            try:
                differs = self._told(exercise, source)
            except ProofdeckError as error:
                return Judgement(Worth.UNSURE, f"It could not be run: {error}", ran=False)
            if not differs:
                return Judgement(Worth.RIGHT, _praise(self._cases), ran=True)
            told = told or differs
        return Judgement(Worth.WRONG, told, ran=True)

    def _told(self, exercise: Exercise, source: str) -> str:
        """Return what the program does otherwise with this source; empty where it does the same."""
        assert self.prover is not None  # noqa: S101 - `judge` has looked
        own, other = self._cases[0], self._cases[-1]
        cases = [(own, 0, ""), (other, 1, "with other data " if other is not own else "with another seed ")]
        trials = [
            Trial(_answered(case, exercise, _same_data(case, exercise, source)), seed)
            for case, seed, _ in cases
        ]
        done = dict(self.prover.run(trials))
        tolerance = exercise.program.snippets[exercise.position].directives.tolerance
        for (case, _, where), trial in zip(cases, trials, strict=True):
            if told := difference(case.did, done[trial], exercise.position, tolerance):
                return where + _named(told)
        found = random_names(done[trials[0]], done[trials[1]], exercise.position)
        if fixed := own.random & other.random - found:
            return _named(f"`{min(fixed)}`: yours is the same with every seed, expected random numbers")
        return ""


def _named(told: str) -> str:
    return re.sub(rf"`{SEEN}\d+`", "what it only describes in print", told)


def _answered(case: _Case, exercise: Exercise, source: str) -> Program:
    """Return the case's program with another source, which may not take for ever."""
    place = exercise.position
    directives = case.program.snippets[place].directives
    seconds = _FIRST_SECONDS + _PATIENCE * case.did.pieces[place].seconds
    limit = min(seconds, directives.timeout_seconds or seconds)
    program = with_source(case.program, place, source)
    snippets = list(program.snippets)
    snippets[place] = replace(snippets[place], directives=replace(directives, timeout_seconds=limit))
    return replace(program, snippets=tuple(snippets))


def _same_data(case: _Case, exercise: Exercise, source: str) -> str:
    """Return the answer's source with the case's data: the lines around the gap are the case's."""
    lines = case.program.snippets[exercise.position].source.split("\n")
    answered = source.split("\n")
    place = exercise.gap.line - 1
    added = len(answered) - len(lines)
    return "\n".join([*lines[:place], *answered[place : place + added + 1], *lines[place + 1 :]])


def _cases(exercise: Exercise, prover: Prover) -> tuple[_Case, ...]:
    """Return the reference as it is, and over other data with which it runs.

    Nothing where the reference does not run here.
    """
    given, gap = exercise.program, exercise.gap
    programs = [
        watched(each, exercise.position, gap) for each in (given, *variants(given, exercise.position, gap))
    ]
    trials = [Trial(program, seed) for program in programs for seed in _SEEDS]
    done = dict(prover.run(trials))
    place = exercise.position
    own, *others = [
        _case(program, [done[Trial(program, seed)] for seed in _SEEDS], place) for program in programs
    ]
    if not _ran(own, place):
        return ()
    printed = own.did.pieces[place].printed
    running = [
        case for case in others if _ran(case, place) and bool(case.did.pieces[place].printed) == bool(printed)
    ]
    # What prints something else tells most; else the values that are left behind do.
    running.sort(key=lambda case: case.did.pieces[place].printed == printed)
    return (own, *running[:1])


def _case(program: Program, runs: Sequence[Transcript], place: int) -> _Case:
    one, other = runs
    return _Case(program, steady(one, other), random_names(one, other, place))


def _ran(case: _Case, place: int) -> bool:
    return case.did.finished and case.did.pieces[place].done


def _praise(cases: Sequence[_Case]) -> str:
    return "It does the same, with other data too." if len(cases) > 1 else "It does the same."


def _shape_of(source: str) -> str:
    """Return code without what makes no difference: spacing, quotes, the order of keyword arguments."""
    tree = tree_of(source)
    for node in ast.walk(tree) if tree else ():
        if isinstance(node, ast.Call):
            node.keywords.sort(key=lambda keyword: keyword.arg or "")
    try:
        return ast.dump(tree) if tree else ""
    except RecursionError:  # `-` a thousand times
        return source


def _syntax_error(source: str) -> str:
    """Return why the source is no Python; empty where it is."""
    with warnings.catch_warnings(action="ignore"):
        try:
            compile(source, "answer", "exec", dont_inherit=True)
        except SyntaxError as error:
            return f"This is no Python: {error.msg}."
        except (ValueError, RecursionError, MemoryError, OverflowError, SystemError) as error:
            return f"This is no Python: {error}."
    return ""


def judgement_value(judgement: Judgement) -> dict[str, Any]:
    """Return the judgement as plain JSON."""
    return asdict(judgement)
