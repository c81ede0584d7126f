"""Measures which values a proved snippet has (traits), and which parts its output depends on (gaps).

The values are seen in the two runs that prove it. The gaps take many runs more, and are looked for later.

A gap counts only if each near miss of it is refused as it would be in a sitting (`find_gaps`). What a learner
then sees is the code with the gap and what it prints: there is an answer to find, and a way to know it is
right.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

from cards.exercise.everyday import computed_names
from cards.exercise.measurement import Aspect, PrintedStatement, SnippetMeasurement, Trait, measure_key
from cards.exercise.worth_asking import NO_WORDS, gaps_to_look_for
from cards.prove.client.run_request import keras_of
from cards.prove.decide.not_run import reasons_not_run
from cards.prove.measuring.find_gaps import find_gaps, may_have_gaps, measured_snippet, needed_seconds
from cards.prove.measuring.given import words_for
from cards.prove.measuring.observe import observe

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cards.exercise.gap import Gap
    from cards.exercise.worth_asking import GapWords
    from cards.program.program import Program
    from cards.program.snippet import Snippet, SnippetName
    from cards.prove.client.run_request import ProverContext, Runs
    from cards.prove.client.transcript import ObservedValue, SnippetRun, Transcript
    from cards.prove.measuring.find_gaps import MeasuredSnippet

MOST_PRINTED_LINES = 8
"""What a snippet prints stands on the card; longer output would hide the code."""


@dataclass(frozen=True, slots=True)
class MeasureRequest:
    """A program, and the names of its snippets that are to be measured."""

    program: Program
    wanted: frozenset[SnippetName]
    """Those that are measured whole."""
    lines: Mapping[SnippetName, tuple[int, ...]] = field(default_factory=dict)
    """Statements of which the output is wanted, by their first lines."""
    given: Mapping[SnippetName, tuple[str, ...]] = field(default_factory=dict)
    """Names that a snippet builds on, of which it is wanted what they are."""
    words: Mapping[SnippetName, GapWords] = field(default_factory=dict)
    """What the question's words say of the gaps of those."""
    runs: tuple[Transcript, Transcript] | None = field(default=None, compare=False)
    """What the two runs of its proof showed, where it was proved just now."""

    @property
    def name(self) -> str:
        """The program's name."""
        return self.program.name

    @property
    def snippets(self) -> tuple[Snippet, ...]:
        """The program's snippets."""
        return self.program.snippets

    @property
    def names(self) -> frozenset[SnippetName]:
        """The names of the snippets that anything is wanted of."""
        return self.wanted | self.lines.keys() | self.given.keys()


@dataclass(frozen=True, slots=True)
class GapRequest:
    """A snippet of which the gaps are to be found."""

    measurement: SnippetMeasurement
    """What is known of it without them."""
    measured: MeasuredSnippet
    candidates: tuple[Gap, ...]
    """Those that are worth asking, best first."""
    expected_seconds: float
    """What one of its runs takes."""

    @property
    def name(self) -> str:
        """The program's name."""
        return self.measured.program.name

    @property
    def snippets(self) -> tuple[Snippet, ...]:
        """The program's snippets."""
        return self.measured.program.snippets


class Observation(NamedTuple):
    """What the two runs of a program tell of its snippets, and of which of them gaps may be found."""

    measurements: tuple[SnippetMeasurement, ...]
    """One of each snippet that anything is wanted of, without gaps."""
    gap_requests: tuple[GapRequest, ...]


def observe_program(request: MeasureRequest, context: ProverContext) -> Runs[Observation]:
    """Run a program as it is, if its proof did not do so just now; return what that tells."""
    program = request.program
    base = yield from observe(program, context, request.runs)
    keras = keras_of(program, reasons_not_run(program, context))
    runtime = context.runtime_of(program, keras)
    found: list[SnippetMeasurement] = []
    gap_requests: list[GapRequest] = []
    for position, snippet in enumerate(program.snippets):
        if snippet.name not in request.names:
            continue
        snippet_run = base.snippet_runs[position]
        measurement = SnippetMeasurement(
            snippet.name,
            measure_key(program, position, runtime),
            prints=_outputs_at(request.lines.get(snippet.name, ()), snippet_run),
            given=_given_values(request.given.get(snippet.name, ()), base.snippet_runs[:position]),
        )
        if snippet.name in request.wanted:
            short = _short_output(snippet_run)
            measured = measured_snippet(program, position, snippet_run, short, keras)
            words = request.words.get(snippet.name, NO_WORDS)
            candidates = gaps_to_look_for(snippet.source, words, short)
            lacks_gaps = bool(candidates) and may_have_gaps(measured, base)
            measurement = replace(
                measurement,
                printed=short,
                traits=_traits(snippet, snippet_run),
                words=words,
                lacks_gaps=lacks_gaps,
            )
            if lacks_gaps:
                seconds = needed_seconds(measured, base)
                gap_requests.append(GapRequest(measurement, measured, candidates, seconds))
        found.append(measurement)
    return Observation(tuple(found), tuple(gap_requests))


def measure_gaps(request: GapRequest, _: ProverContext) -> Runs[SnippetMeasurement]:
    """Run a snippet's program with each candidate gap mutated; return its measurement with the gaps."""
    gaps = yield from find_gaps(request.measured, request.candidates)
    return replace(request.measurement, gaps=gaps, lacks_gaps=False)


def _outputs_at(lines: tuple[int, ...], snippet_run: SnippetRun) -> tuple[PrintedStatement, ...]:
    """Return what the statements that begin at the lines printed, where it is short."""
    return tuple(
        PrintedStatement(statement.first, printed)
        for statement in snippet_run.statements
        if statement.first in lines
        and (printed := statement.printed.rstrip("\n"))
        and printed.count("\n") < MOST_PRINTED_LINES
    )


def _given_values(names: tuple[str, ...], earlier: tuple[SnippetRun, ...]) -> tuple[tuple[str, str], ...]:
    """Return what the values of the names were in words, after the snippets before."""
    left = next((dict(run.left) for run in reversed(earlier) if run.left), {})
    return tuple((name, words_for(left[name])) for name in names if name in left)


def _short_output(snippet_run: SnippetRun) -> str:
    is_short = snippet_run.printed.count("\n") < MOST_PRINTED_LINES
    return snippet_run.printed if snippet_run.done and is_short else ""


def _traits(snippet: Snippet, snippet_run: SnippetRun) -> tuple[Trait, ...]:
    """Return the shapes and dtypes of a snippet's names that neither its code nor its output shows."""
    visible_text = f"{snippet.source}\n{snippet_run.printed}\n{snippet.stated or ''}"
    computed = computed_names(snippet.source)
    traits: list[Trait] = []
    for statement in snippet_run.statements:
        for name, value in statement.bound:
            if (statement.first, name) in computed:
                traits += [
                    Trait(name, aspect, statement.first, text)
                    for aspect, text in _aspects(value)
                    if not _is_readable_from(text, visible_text)
                ]
    return tuple(traits)


def _aspects(value: ObservedValue) -> Iterator[tuple[Aspect, str]]:
    if re.fullmatch(r"\((?:\d+|None)(?:, (?:\d+|None))*,?\)", value.shape):
        yield Aspect.SHAPE, value.shape
    # Everybody expects float32.
    if value.shape and value.dtype not in {"", "float32"}:
        yield Aspect.DTYPE, value.dtype


def _is_readable_from(text: str, visible_text: str) -> bool:
    """Tell whether a text stands in the code or its output already, brackets and spaces aside."""
    bare = re.sub(r"\s", "", text).strip("()[],")
    return (
        bool(bare)
        and re.search(rf"(?<!\w){re.escape(bare)}(?!\w)", re.sub(r"[ \t]", "", visible_text)) is not None
    )
