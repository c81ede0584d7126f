"""Measures which parts of a proved snippet its output depends on (gaps), and which values it has (traits).

A gap counts only if the program notices every mutation of it: without its code, and with the opposite where
there is one, the snippet raises or prints something else. What a learner then sees is the code with the gap
and what it prints, so that there is an answer to find and a way to know it is right.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from cards.exercise.candidates import gap_candidates
from cards.exercise.everyday import computed_names
from cards.exercise.measurement import Aspect, PrintedStatement, SnippetMeasurement, Trait, measure_key
from cards.exercise.mutants import mutants
from cards.program.snippet import SnippetName, SnippetRole
from cards.prove.client.run_request import RunRequest, keras_of
from cards.prove.client.transcript import read_report
from cards.prove.decide.compare import agree_as_runs
from cards.prove.decide.not_run import reasons_not_run
from cards.prove.given import words_for
from cards.prove.observe import observe
from cards.prove.process.protocol import RunMode
from cards.python.imports import imported_names
from cards.python.reads import BUILTIN_NAMES, names_used
from cards.python.syntax import tree_of

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Mapping

    from cards.exercise.gap import Gap
    from cards.program.program import Program
    from cards.program.snippet import KerasFlavour, Snippet
    from cards.prove.client.run_request import ProverContext, Runs
    from cards.prove.client.transcript import ObservedValue, SnippetRun, Transcript
    from cards.prove.process.protocol import RunReport

MOST_GAPS = 2
"""Of a snippet: the rules that make cards choose from these."""

MOST_RUNS = 12
"""Of one snippet with a mutated gap."""

MOST_SECONDS = 30.0
"""What those runs may take together; a slow program has fewer of its candidates tried."""

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
    second: Transcript | None = field(default=None, compare=False)
    """What the second run of its proof showed, where it was proved just now."""

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


def measure(request: MeasureRequest, context: ProverContext) -> Runs[tuple[SnippetMeasurement, ...]]:
    """Run a program as it is, then with each candidate gap mutated; return one result a wanted snippet."""
    program = request.program
    base = yield from observe(program, context, request.second)
    keras = keras_of(program, reasons_not_run(program, context))
    runtime = context.runtime_with(keras)
    found = []
    for position, snippet in enumerate(program.snippets):
        if snippet.name not in request.names:
            continue
        snippet_run = base.snippet_runs[position]
        measured = SnippetMeasurement(
            snippet.name,
            measure_key(program, position, runtime),
            prints=_outputs_at(request.lines.get(snippet.name, ()), snippet_run),
            given=_given_values(request.given.get(snippet.name, ()), base.snippet_runs[:position]),
        )
        if snippet.name in request.wanted:
            gaps = yield from _find_gaps(program, position, base, snippet_run, keras)
            measured = replace(
                measured,
                printed=_short_output(snippet_run),
                gaps=gaps,
                traits=_traits(snippet, snippet_run),
            )
        found.append(measured)
    return tuple(found)


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


def _find_gaps(
    program: Program, position: int, base: Transcript, snippet_run: SnippetRun, keras: KerasFlavour
) -> Generator[RunRequest, RunReport, tuple[Gap, ...]]:
    if not _short_output(snippet_run):
        return ()
    snippet = program.snippets[position]
    not_run = yield from _find_unneeded(program, position, snippet_run, keras)
    kept = (
        run.seconds for earlier, run in enumerate(base.snippet_runs[: position + 1]) if earlier not in not_run
    )
    runs = min(MOST_RUNS, int(MOST_SECONDS / max(sum(kept), 0.1)))
    found: list[Gap] = []
    for gap in gap_candidates(snippet.source):
        others = mutants(snippet.source, gap)
        if len(found) == MOST_GAPS or runs < len(others):
            break
        noticed = bool(others)
        for other in others:
            runs -= 1
            noticed = noticed and not (
                yield from _prints_the_same(program, position, other, snippet_run, not_run, keras)
            )
            if not noticed:
                break
        if noticed:
            found.append(gap)
    return tuple(found)


def _short_output(snippet_run: SnippetRun) -> str:
    is_short = snippet_run.printed.count("\n") < MOST_PRINTED_LINES
    return snippet_run.printed if snippet_run.done and is_short else ""


def _find_unneeded(
    program: Program, position: int, base: SnippetRun, keras: KerasFlavour
) -> Generator[RunRequest, RunReport, frozenset[int]]:
    """Return the earlier snippets that need not run: checks, and blocks that the snippet does not build on.

    Whether it can do without those blocks is tried once: they may write files or set what nobody names.
    """
    never = frozenset(
        earlier
        for earlier, other in enumerate(program.snippets[:position])
        if other.directives.no_run or other.directives.skip or other.role is SnippetRole.CHECK
    )
    fewer = never | _unrelated_snippets(program, position)
    source = program.snippets[position].source
    if fewer != never and (yield from _prints_the_same(program, position, source, base, fewer, keras)):
        return fewer
    return never


def _unrelated_snippets(program: Program, position: int) -> frozenset[int]:
    """Return the earlier snippets that a snippet does not build on, directly or by way of others.

    One builds on another if it needs its imports or shares a name of its own with it: a name that the other
    only reads may stand for what it changes (`model.fit()`).
    """
    everywhere = BUILTIN_NAMES.union(*(_imported_names(snippet) for snippet in program.snippets))
    used = set(_names_in(program.snippets[position]))
    unrelated = set()
    for earlier in range(position - 1, -1, -1):
        snippet = program.snippets[earlier]
        names = _names_in(snippet)
        if _imported_names(snippet) & used or names & used - everywhere:
            used |= names
        else:
            unrelated.add(earlier)
    return frozenset(unrelated)


def _names_in(snippet: Snippet) -> frozenset[str]:
    tree = tree_of(snippet.source)
    return names_used(tree) if tree else frozenset()


def _imported_names(snippet: Snippet) -> frozenset[str]:
    tree = tree_of(snippet.source)
    return imported_names(tree) if tree else frozenset()


def _prints_the_same(
    program: Program,
    position: int,
    source: str,
    base: SnippetRun,
    not_run: frozenset[int],
    keras: KerasFlavour,
) -> Generator[RunRequest, RunReport, bool]:
    """Run a program up to a snippet with another source; tell whether it ends and prints what it did."""
    snippet = replace(program.snippets[position], source=source)
    changed = replace(program, snippets=(*program.snippets[:position], snippet))
    request = RunRequest(changed, keras, RunMode.STOP_AT_ERROR, not_run)
    found = read_report((yield request), request).snippet_runs[position]
    return found.done and agree_as_runs(base.printed, found.printed, snippet.directives.tolerance)


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
