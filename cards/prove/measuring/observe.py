"""Observes what each statement of a program shows: values, shapes, printed text, exceptions."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import TYPE_CHECKING, TypeAlias

from cards.prove.client.run_request import RunRequest, keras_of
from cards.prove.client.transcript import ObservedStatement, SnippetRun, Transcript, read_report
from cards.prove.decide.not_run import reasons_not_run
from cards.prove.output.compare import text_to_show
from cards.prove.process.protocol import RunEnding, RunMode
from cards.prove.sandbox.conditions import RunConditions
from cards.regex import regex

if TYPE_CHECKING:
    from cards.program.program import Program
    from cards.program.snippet import Snippet
    from cards.prove.client.run_request import ProverContext, Runs
    from cards.prove.client.transcript import ObservedValue

_NamedValues: TypeAlias = "tuple[tuple[str, ObservedValue], ...]"

_ADDRESS = regex(r"\b0x[0-9a-fA-F]{4,}\b")


def observe(
    program: Program, context: ProverContext, runs: tuple[Transcript, Transcript] | None = None
) -> Runs[Transcript]:
    """Run a program with two seeds and under two sorts of conditions; return what both runs agree on.

    `runs` are these two, where the program's proof made them already. The first error of a snippet ends it.
    Snippets that may not run here have an empty SnippetRun.
    """
    if len(reasons_not_run(program, context)) == len(program.snippets):
        nothing = tuple(SnippetRun() for _ in program.snippets)
        return Transcript(nothing, RunEnding.EXITED, 0, True, 0, 0, False, (), 0.0)  # noqa: FBT003 - an empty run
    if runs is None:
        first = yield from observe_once(SeededProgram(program, 0), context)
        second = yield from observe_once(SeededProgram(program, 1, RunConditions.SECOND), context)
    else:
        first, second = runs
    return _with_stated_outputs(program, first, stable_part(first, second), second)


def _with_stated_outputs(
    program: Program, first: Transcript, stable: Transcript, second: Transcript
) -> Transcript:
    """Return the stable part with the outputs that are what the guide states in both runs, as it rounds."""
    snippet_runs = list(stable.snippet_runs)
    for position, snippet in enumerate(program.snippets):
        one, other = first.snippet_runs[position].printed, second.snippet_runs[position].printed
        stated = snippet.stated
        if stated is not None and one != other and text_to_show(stated, one) == text_to_show(stated, other):
            snippet_runs[position] = replace(snippet_runs[position], printed=one)
    return replace(stable, snippet_runs=tuple(snippet_runs))


@dataclass(frozen=True, slots=True)
class SeededProgram:
    """A program with the seed and the conditions that it is run with once."""

    program: Program
    seed: int = 0
    conditions: RunConditions = RunConditions.FIRST

    @property
    def name(self) -> str:
        """The program's name."""
        return self.program.name

    @property
    def snippets(self) -> tuple[Snippet, ...]:
        """The program's snippets."""
        return self.program.snippets


def observe_once(seeded: SeededProgram, context: ProverContext) -> Runs[Transcript]:
    """Run a program once with its seed, under its conditions, and return all that it showed."""
    program = seeded.program
    not_run = frozenset(reasons_not_run(program, context))
    keras = keras_of(program, not_run)
    request = RunRequest(
        program, keras, RunMode.STOP_AT_ERROR, not_run, seeded.seed, seeded.conditions, captures=True
    )
    return read_report((yield request), request)


def stable_part(first: Transcript, second: Transcript) -> Transcript:
    """Return the first run without the texts and values that the second run did not show too."""
    snippet_runs = tuple(
        _stable_snippet_run(one, other)
        for one, other in zip(first.snippet_runs, second.snippet_runs, strict=True)
    )
    return replace(first, snippet_runs=snippet_runs, finished=first.finished and second.finished)


def _stable_snippet_run(one: SnippetRun, other: SnippetRun) -> SnippetRun:
    statements = tuple(
        _stable_statement(statement, again)
        for statement, again in zip_longest(one.statements, other.statements[: len(one.statements)])
    )
    is_alike = one.printed == other.printed and not _ADDRESS.search(one.printed)
    return replace(
        one,
        statements=statements,
        printed=one.printed if is_alike else "",
        done=one.done and other.done,
        left=_stable_values(one.left, other.left),
    )


def _stable_statement(one: ObservedStatement, other: ObservedStatement | None) -> ObservedStatement:
    if other is None:
        return replace(one, printed="", value=None, bound=())
    is_alike = one.printed == other.printed and not _ADDRESS.search(one.printed)
    return replace(
        one,
        printed=one.printed if is_alike else "",
        value=_stable_value(one.value, other.value),
        bound=_stable_values(one.bound, other.bound),
    )


def _stable_values(one: _NamedValues, other: _NamedValues) -> _NamedValues:
    again = dict(other)
    found = ((name, _stable_value(value, again.get(name))) for name, value in one)
    return tuple((name, value) for name, value in found if value is not None)


def _stable_value(one: ObservedValue | None, other: ObservedValue | None) -> ObservedValue | None:
    """Return a value without what differs between two runs: random numbers keep their shape and dtype."""
    if one is None or other is None or one.type != other.type:
        return None
    stays = one.text is not None and one.text == other.text and not _ADDRESS.search(one.text)
    return replace(
        one,
        text=one.text if stays else None,
        shape=one.shape if one.shape == other.shape else "",
        dtype=one.dtype if one.dtype == other.dtype else "",
        numbers=one.numbers if one.numbers == other.numbers else (),
        build=one.build if one.build == other.build else "",
    )
