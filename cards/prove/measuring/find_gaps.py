"""Finds the gaps of a snippet that can be judged: running tells each near miss from the right answer.

The judgement is the one of a sitting (`cards.prove.measuring.reference`), over the guide's own data and over
others. What is measured hangs on a number of runs, not on seconds, so that it is the same on a busy machine.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from math import prod
from typing import TYPE_CHECKING, TypeAlias

from cards.exercise.gap import ASKED_TWICE
from cards.exercise.near_miss import Excuse, NearMiss, Surroundings, can_be_judged, near_misses
from cards.exercise.program_slice import NeededParts, needed_parts, unrelated_snippets
from cards.program.checks import end_of_checks
from cards.program.snippet import KerasFlavour, SnippetRole
from cards.prove.measuring.reference import (
    REFERENCE_SEEDS,
    ReferenceRun,
    answered_program,
    difference_in_cases,
    is_complete,
    reference_programs,
    reference_run,
    seed_of_case,
    telling_runs,
)
from cards.prove.measuring.trial import MOST_STOPS, Trial, run_apart, run_together
from cards.prove.output.compare import agree_as_runs

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping, Sequence

    from cards.exercise.gap import Gap
    from cards.program.program import Program
    from cards.prove.client.run_request import RunRequest
    from cards.prove.client.transcript import ObservedValue, SnippetRun, Transcript
    from cards.prove.process.protocol import RunReport

MOST_GAPS = 2
"""Of a snippet: as many as cards can be made of."""

MOST_CANDIDATES = 8
"""Of one snippet that are tried."""

MOST_SECONDS = 15.0
"""Of one run. What takes longer has no gaps; far more than what a card shows takes on a busy machine too."""

MOST_RUNS_APART = 12
"""Of one gap whose program does not run twice in one process."""

_STAGES = (slice(0, 4), slice(4, None))
"""Near misses of one gap that are run one after the other: most gaps that are refused fail with the first."""

_SLOWER_FACTOR = 3.0
_BASE_SECONDS = 1.0
"""A near miss may take three times the right answer's seconds and one more."""


@dataclass(frozen=True, slots=True)
class MeasuredSnippet:
    """A snippet in its program, with what it was seen to print and to leave."""

    program: Program
    """Up to the hidden checks behind the snippet."""
    position: int
    printed: str
    left: tuple[tuple[str, ObservedValue], ...]
    seconds: float
    keras: KerasFlavour


def measured_snippet(
    program: Program, position: int, snippet_run: SnippetRun, printed: str, keras: KerasFlavour
) -> MeasuredSnippet:
    """Return what of a program matters for the gaps of the snippet at `position`."""
    kept = program.snippets[: end_of_checks(program.snippets, position)]
    return MeasuredSnippet(
        replace(program, snippets=kept), position, printed, snippet_run.left, snippet_run.seconds, keras
    )


def may_have_gaps(measured: MeasuredSnippet, base: Transcript) -> bool:
    """Tell whether gaps of a snippet are worth looking for: it prints something, and soon."""
    return bool(measured.printed) and needed_seconds(measured, base) <= MOST_SECONDS


def find_gaps(
    measured: MeasuredSnippet, candidates: Sequence[Gap]
) -> Generator[RunRequest, RunReport, tuple[Gap, ...]]:
    """Return those of a snippet's candidates, best first, whose near misses are all refused.

    Only those that a card may ask for are tried: a second one is of a kind that is asked twice, and in
    another line. Once near misses have ended several processes no more gaps are tried: each costs its time.
    """
    found: list[Gap] = []
    known: _KnownRuns = {}
    stops = 0
    for gap in candidates[:MOST_CANDIDATES]:
        if len(found) == MOST_GAPS:
            break
        if found and (gap.sort not in ASKED_TWICE or gap.line == found[0].line):
            continue
        judged = yield from _judge_gap(measured, gap, known)
        if judged.can_be_judged:
            found.append(gap)
        stops += judged.stops
        if stops >= MOST_STOPS:
            break
    return tuple(found)


def needed_seconds(measured: MeasuredSnippet, base: Transcript) -> float:
    """Return what the snippet took together with those that it builds on."""
    unneeded = _never_run(measured) | unrelated_snippets(measured.program, measured.position)
    runs = enumerate(base.snippet_runs[: measured.position + 1])
    return sum(run.seconds for place, run in runs if place not in unneeded)


_KnownRuns: TypeAlias = "dict[tuple[Program, frozenset[int]], ReferenceRun]"
"""What the right answer does, by its program and the snippets left out; most gaps of a snippet share it."""


@dataclass(frozen=True, slots=True)
class _JudgedGap:
    can_be_judged: bool
    stops: int = 0
    """How many of its near misses ended their process."""


def _judge_gap(
    measured: MeasuredSnippet, gap: Gap, known: _KnownRuns
) -> Generator[RunRequest, RunReport, _JudgedGap]:
    """Find out whether every near miss of a gap is refused; without snippets that it does not build on."""
    program, position = measured.program, measured.position
    near = _near_misses_of(measured, gap)
    never = _never_run(measured)
    all_parts = NeededParts(never, frozenset())
    fewer = NeededParts(never | unrelated_snippets(program, position), frozenset())
    apart, for_imports = needed_parts(program, position, (each.source for each in near))
    fewest = NeededParts(never | apart, for_imports - never)
    for parts in dict.fromkeys((fewest, fewer, all_parts)):
        trials = _GapTrials(measured, gap, near, parts, known)
        judged = yield from trials.judge_together()
        if judged is not None:
            return _JudgedGap(judged, trials.stops)
    return _JudgedGap((yield from _GapTrials(measured, gap, near, all_parts, known).judge_apart()))


def _near_misses_of(measured: MeasuredSnippet, gap: Gap) -> tuple[NearMiss, ...]:
    """Return the near misses of a gap, with what was seen of the code around it."""
    source = measured.program.snippets[measured.position].source
    left = dict(measured.left)
    known = Surroundings(
        {name: _kind_of(value) for name, value in measured.left},
        measured.printed,
        _given_value(source, gap, left),
        has_tensors=measured.keras is not KerasFlavour.NONE,
    )
    return near_misses(source, gap, known)


def _never_run(measured: MeasuredSnippet) -> frozenset[int]:
    """Return the snippets that are left out of every run: checks before the gap, and what may not run."""
    return frozenset(
        place
        for place, other in enumerate(measured.program.snippets)
        if other.directives.no_run
        or other.directives.skip
        or (place < measured.position and other.role is SnippetRole.CHECK)
    )


class _GapTrials:
    """The runs that tell whether a gap can be judged."""

    def __init__(
        self,
        measured: MeasuredSnippet,
        gap: Gap,
        near: tuple[NearMiss, ...],
        parts: NeededParts,
        known: _KnownRuns,
    ) -> None:
        self.measured = measured
        self.known = known
        self.gap = gap
        self.near = near
        self.not_run = parts.apart
        self.position = measured.position
        self.source = measured.program.snippets[self.position].source
        programs = reference_programs(measured.program, self.position, gap)
        self.programs = tuple(parts.of(each) for each in programs)
        self.limit_seconds = _BASE_SECONDS + _SLOWER_FACTOR * measured.seconds
        self.stops = 0
        """How many of the runs ended their process."""

    def judge_together(self) -> Generator[RunRequest, RunReport, bool | None]:
        """Tell whether each near miss is refused; None where the program does not run twice in a process.

        The likeliest are run first.
        """
        own = self.known.get((self.programs[0], self.not_run))
        passing: list[NearMiss] = []
        for part in (self.near[stage] for stage in _STAGES):
            if own is not None and not part:
                break
            tried = yield from self._run_part(part, own)
            if isinstance(tried, bool) or tried is None:
                return tried
            own, passing_here = tried
            if any(near.excuse is Excuse.NONE for near in passing_here):
                still_passing = yield from self._passing_over_other_data(own, passing_here)
                if still_passing is None:
                    return None
                if any(near.excuse is Excuse.NONE for near in still_passing):
                    return False
                passing_here = still_passing
            passing += passing_here
        if own is not None and not can_be_judged(self.near, passing):
            still_passing = yield from self._passing_over_other_data(own, passing)
            if still_passing is None:
                return None
            passing = still_passing
        return can_be_judged(self.near, passing)

    def _run_part(
        self, part: Sequence[NearMiss], own: ReferenceRun | None
    ) -> Generator[RunRequest, RunReport, tuple[ReferenceRun, list[NearMiss]] | bool | None]:
        """Run some near misses over the guide's own data; return the reference and those that pass.

        False where the gap is refused, None where the program does not run twice in a process. Where too many
        of them end the process nothing is known of the rest, and the gap is refused.
        """
        own_trials = [Trial(self.programs[0], seed) for seed in REFERENCE_SEEDS]
        trials = [Trial(self._answered(self.programs[0], near), REFERENCE_SEEDS[0]) for near in part]
        found = yield from self._run([*([] if own else own_trials), *trials, own_trials[0]])
        if own is None:
            one, other, *found = found
            if one is None or other is None:
                return None
            own = reference_run(self.programs[0], (one, other), self.position)
            if not self._is_as_measured(own):
                return None
        again = found.pop()
        if again is None:
            return False
        if self._differs(own, again):
            return None
        self.known[self.programs[0], self.not_run] = own
        runs = list(zip(part, found, strict=True))
        if any(near.is_removal and self._prints_the_same(run) for near, run in runs):
            return False
        return own, [near for near, run in runs if not self._differs(own, run)]

    def _passing_over_other_data(
        self, own: ReferenceRun, passing: Sequence[NearMiss]
    ) -> Generator[RunRequest, RunReport, list[NearMiss] | None]:
        """Return the near misses that do the same over other data too; None where a run changes the next."""
        right = NearMiss(self.source)
        others = self.programs[1:]
        if not others:
            return list(passing)
        reference = [
            Trial(self._answered(program, right), seed) for program in others for seed in REFERENCE_SEEDS
        ]
        answers = [
            Trial(self._answered(program, near), seed_of_case(1)) for near in passing for program in others
        ]
        found = yield from self._run([*reference, *answers, Trial(self.programs[0], REFERENCE_SEEDS[0])])
        if self._differs(own, found.pop()):
            return None
        pairs = list(zip(found[: len(reference) : 2], found[1 : len(reference) : 2], strict=True))
        cases = {
            number: reference_run(others[number], (one, other), self.position)
            for number, (one, other) in enumerate(pairs)
            if one is not None and other is not None
        }
        chosen = telling_runs((own, *cases.values()), self.position)[1:]
        numbers = [number for number, case in cases.items() if any(case is each for each in chosen)]
        answered = found[len(reference) :]
        return [
            near
            for place, near in enumerate(passing)
            if all(
                not self._differs(cases[number], answered[place * len(others) + number]) for number in numbers
            )
        ]

    def judge_apart(self) -> Generator[RunRequest, RunReport, bool]:
        """Tell whether the likeliest near misses are refused, each in a process of its own."""
        one, other = [Trial(self.programs[0], seed) for seed in REFERENCE_SEEDS]
        first = yield from run_apart(one, self.not_run, self.measured.keras)
        second = yield from run_apart(other, self.not_run, self.measured.keras)
        own = reference_run(self.programs[0], (first, second), self.position)
        if not self._is_as_measured(own):
            return False
        near_misses_tried = self.near[:MOST_RUNS_APART]
        passing: list[NearMiss] = []
        for near in near_misses_tried:
            trial = Trial(self._answered(self.programs[0], near), REFERENCE_SEEDS[0])
            run = yield from run_apart(trial, self.not_run, self.measured.keras)
            if near.is_removal and self._prints_the_same(run):
                return False
            if not self._differs(own, run):
                passing.append(near)
                if near.excuse is Excuse.NONE:
                    return False
        return can_be_judged(near_misses_tried, passing)

    def _run(self, trials: Sequence[Trial]) -> Generator[RunRequest, RunReport, list[Transcript | None]]:
        found = yield from run_together(trials, self.not_run, self.measured.keras)
        self.stops += found.count(None)
        return found

    def _answered(self, program: Program, near: NearMiss) -> Program:
        return answered_program(program, self.position, self.gap, near.source, self.limit_seconds)

    def _is_as_measured(self, own: ReferenceRun) -> bool:
        printed = own.expected.snippet_runs[self.position].printed
        return is_complete(own, self.position) and printed == self.measured.printed

    def _prints_the_same(self, run: Transcript | None) -> bool:
        """Tell whether the output, which a card shows, is the same; then there is nothing to see."""
        if run is None:
            return False
        snippet = self.measured.program.snippets[self.position]
        found = run.snippet_runs[self.position]
        return found.done and agree_as_runs(
            self.measured.printed, found.printed, snippet.directives.tolerance
        )

    def _differs(self, case: ReferenceRun, run: Transcript | None) -> bool:
        return run is None or difference_in_cases([case], [run], self.position) is not None


def _kind_of(value: ObservedValue) -> str:
    return "numbers" if value.numbers or (value.shape and value.dtype) else value.type


def _given_value(source: str, gap: Gap, left: Mapping[str, ObservedValue]) -> str:
    """Return code for the value that a name was given by the gap alone; empty where it is no few numbers."""
    line = source.split("\n")[gap.line - 1]
    name, _, rest = line.partition("=")
    value = left.get(name.strip())
    if value is None or rest.strip() != gap.text or not value.numbers:
        return ""
    if not value.shape:
        return value.text or ""
    count = prod(int(size) for size in re.findall(r"\d+", value.shape))
    if count != len(value.numbers):
        return ""
    numbers = ", ".join(map(repr, value.numbers))
    array = f"__import__('numpy').reshape([{numbers}], {value.shape})"
    if value.type == "ndarray":
        return f"{array}.astype('{value.dtype}')"
    return f"__import__('tensorflow').cast({array}, '{value.dtype}')"
