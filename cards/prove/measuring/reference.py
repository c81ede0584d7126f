"""The right answer of a gap over several data, and whether another answer does the same.

What measures a gap and what judges a typed answer both decide by this: a gap that is offered can be judged.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cards.exercise.filling import with_source
from cards.exercise.program_slice import WHOLE, part_to_run
from cards.exercise.variant import program_variants, with_named_values
from cards.prove.client.run_request import keras_of
from cards.prove.decide.not_run import reasons_not_run
from cards.prove.measuring.behaviour import difference, random_names
from cards.prove.measuring.observe import stable_part
from cards.prove.measuring.trial import Trial, run_apart, run_together

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cards.exercise.gap import Gap
    from cards.exercise.program_slice import ProgramPart
    from cards.program.program import Program
    from cards.program.snippet import KerasFlavour, Snippet
    from cards.prove.client.run_request import ProverContext, Runs
    from cards.prove.client.transcript import Transcript

REFERENCE_SEEDS = (0, 1)
"""What differs between two runs with these is left open."""
MOST_OTHER_DATA = 2
"""How many other data an answer is run over, beside the guide's own."""


@dataclass(frozen=True, slots=True)
class ReferenceRun:
    """A program with the right answer in it, and what it printed and left behind whatever the seed."""

    program: Program
    expected: Transcript
    random: frozenset[str]
    """The names whose numbers differ with another seed."""
    part: ProgramPart = WHOLE
    """What of the guide's program the program has."""


@dataclass(frozen=True, slots=True)
class BehaviourDifference:
    """How an answer behaves otherwise than the right one."""

    message: str
    number: int
    """Over which data: 0 for the guide's own."""


def reference_programs(program: Program, position: int, gap: Gap) -> tuple[Program, ...]:
    """Return the program as it is and over other data, with names for values that it only describes."""
    return tuple(
        with_named_values(each, position, gap)
        for each in (program, *program_variants(program, position, gap))
    )


@dataclass(frozen=True, slots=True)
class ReferenceRequest:
    """A program with a gap, of which the right answer is to be run."""

    program: Program
    position: int
    gap: Gap
    is_whole: bool = False
    """Snippets that the gap does not build on run too."""

    @property
    def name(self) -> str:
        """The program's name."""
        return self.program.name

    @property
    def snippets(self) -> tuple[Snippet, ...]:
        """The program's snippets."""
        return self.program.snippets


def run_reference(request: ReferenceRequest, context: ProverContext) -> Runs[tuple[ReferenceRun, ...]]:
    """Run the right answer over the guide's own data and over others; return the runs that tell most.

    Of the program runs what the gap builds on and what can see the answer, if the right one does there what
    it does in the whole program. All run in one process where the program may run several times in one, else
    each in its own.
    """
    program, position = request.program, request.position
    programs = reference_programs(program, position, request.gap)
    not_run = frozenset(reasons_not_run(program, context))
    keras = keras_of(program, not_run)
    cases: tuple[ReferenceRun, ...] = ()
    part = WHOLE if request.is_whole else part_to_run(program, position)
    if part != WHOLE and keras_of(part.of(program), not_run) is keras:
        cases = yield from _run_cases(programs, position, part, not_run, keras)
    if not cases:
        cases = yield from _run_cases(programs, position, WHOLE, not_run, keras)
    return telling_runs(cases, position) if cases else ()


def _run_cases(
    whole_programs: Sequence[Program],
    position: int,
    part: ProgramPart,
    not_run: frozenset[int],
    keras: KerasFlavour,
) -> Runs[tuple[ReferenceRun, ...]]:
    """Run a part of the programs with each seed; return what the runs of each agree on.

    Nothing where that is not what the whole program does over its own data.
    """
    programs = [part.of(program) for program in whole_programs]
    trials = [Trial(program, seed) for program in programs for seed in REFERENCE_SEEDS]
    whole = [] if part == WHOLE else [Trial(whole_programs[0], REFERENCE_SEEDS[0])]
    count = len(trials)
    found = yield from run_together([*trials, trials[0], *whole], not_run, keras)
    again = found.pop(count)
    cases = _reference_cases(programs, found[:count], position, part)
    if again is None or not cases or difference(cases[0].expected, again, position):
        found = []
        for trial in (*trials, *whole):
            run = yield from run_apart(trial, not_run, keras)
            found.append(run)
        cases = _reference_cases(programs, found[:count], position, part)
    is_alike = cases and all(run and _does_the_same(cases[0], run, position) for run in found[count:])
    return cases if is_alike else ()


def _does_the_same(case: ReferenceRun, whole: Transcript, position: int) -> bool:
    """Tell whether a part of a program comes as far as the whole one does, and shows the same."""
    expected = case.expected
    same = replace(whole, snippet_runs=whole.snippet_runs[: len(expected.snippet_runs)])
    pairs = zip(expected.snippet_runs[position:], same.snippet_runs[position:], strict=True)
    return all(one.done == other.done for one, other in pairs) and not difference(expected, same, position)


def _reference_cases(
    programs: Sequence[Program], found: Sequence[Transcript | None], position: int, part: ProgramPart
) -> tuple[ReferenceRun, ...]:
    """Return what the runs of each program agree on, of those that both came to an end; the own data first.

    Nothing where the program did not run over its own data.
    """
    pairs = zip(programs, found[::2], found[1::2], strict=True)
    cases = [
        replace(reference_run(program, (one, other), position), part=part) if one and other else None
        for program, one, other in pairs
    ]
    return tuple(case for case in cases if case is not None) if cases[0] is not None else ()


def reference_run(program: Program, runs: Sequence[Transcript], position: int) -> ReferenceRun:
    """Return what the program's runs with two seeds agree on."""
    one, other = runs
    return ReferenceRun(program, stable_part(one, other), random_names(one, other, position))


def is_complete(case: ReferenceRun, position: int) -> bool:
    """Tell whether the program ran to its end and passed the snippet at `position`."""
    return case.expected.finished and case.expected.snippet_runs[position].done


def telling_runs(cases: Sequence[ReferenceRun], position: int) -> tuple[ReferenceRun, ...]:
    """Return the run over the guide's own data, and those over other data that tell most.

    Nothing where the program does not run as it is. What prints something else tells most; else the values
    that are left behind do.
    """
    own, *others = cases
    if not is_complete(own, position):
        return ()
    printed = _printed(own, position)
    running = [
        case
        for case in others
        if is_complete(case, position) and bool(_printed(case, position)) == bool(printed)
    ]
    seen = {printed}
    fresh: list[ReferenceRun] = []
    rest: list[ReferenceRun] = []
    for case in running:
        (rest if _printed(case, position) in seen else fresh).append(case)
        seen.add(_printed(case, position))
    return (own, *[*fresh, *rest][:MOST_OTHER_DATA])


def _printed(case: ReferenceRun, position: int) -> str:
    return case.expected.snippet_runs[position].printed


def answered_program(program: Program, position: int, gap: Gap, source: str, limit_seconds: float) -> Program:
    """Return a program with an answer in its gap, its own data around it, and a limit in seconds."""
    directives = program.snippets[position].directives
    answered = with_source(program, position, _with_data_of(program, position, gap, source))
    snippets = list(answered.snippets)
    limit = min(limit_seconds, directives.timeout_seconds or limit_seconds)
    snippets[position] = replace(snippets[position], directives=replace(directives, timeout_seconds=limit))
    return replace(answered, snippets=tuple(snippets))


def _with_data_of(program: Program, position: int, gap: Gap, source: str) -> str:
    """Return the answer's source with the program's data in the lines around the gap."""
    lines = program.snippets[position].source.split("\n")
    answered = source.split("\n")
    row = gap.line - 1
    added = len(answered) - len(lines)
    return "\n".join([*lines[:row], *answered[row : row + added + 1], *lines[row + 1 :]])


def has_all_for(cases: Sequence[ReferenceRun], program: Program, position: int, source: str) -> bool:
    """Tell whether the cases have all of the program that a typed answer needs, and that can see it."""
    if not cases or cases[0].part == WHOLE:
        return True
    return cases[0].part.has_all_of(part_to_run(with_source(program, position, source), position))


def seed_of_case(number: int) -> int:
    """Return the seed that an answer is run with over the case of that number."""
    return REFERENCE_SEEDS[min(number, 1)]


def difference_in_cases(
    cases: Sequence[ReferenceRun], found: Sequence[Transcript], position: int
) -> BehaviourDifference | None:
    """Return how an answer's runs over the cases differ from the right answer's; None where they do not."""
    tolerance = cases[0].program.snippets[position].directives.tolerance
    for number, (case, transcript) in enumerate(zip(cases, found, strict=True)):
        if message := difference(case.expected, transcript, position, tolerance):
            return BehaviourDifference(message, number)
    if len(cases) == len(found) > 1:
        same = random_names(found[0], found[1], position)
        if fixed := cases[0].random & cases[1].random - same:
            message = f"`{min(fixed)}`: yours is the same with every seed, expected random numbers"
            return BehaviourDifference(message, 0)
    return None
