"""Measures which parts of a proved snippet its output depends on (gaps), and which values it has (traits).

A gap counts only if each near miss of it is refused as it would be in a sitting (`cards.prove.find_gaps`).
What a learner then sees is the code with the gap and what it prints, so that there is an answer to find and a
way to know it is right.
"""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cards.exercise.everyday import computed_names
from cards.exercise.measurement import Aspect, SnippetMeasurement, Trait, measure_key
from cards.prove.client.run_request import keras_of
from cards.prove.decide.not_run import reasons_not_run
from cards.prove.find_gaps import find_gaps, measured_snippet
from cards.prove.observe import observe
from cards.python.syntax import tree_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cards.program.program import Program
    from cards.program.snippet import Snippet, SnippetName
    from cards.prove.client.run_request import ProverContext, Runs
    from cards.prove.client.transcript import ObservedValue, SnippetRun

MOST_PRINTED_LINES = 8
"""What a snippet prints stands on the card; longer output would hide the code."""


@dataclass(frozen=True, slots=True)
class MeasureRequest:
    """A program, and the names of its snippets that are to be measured."""

    program: Program
    wanted: frozenset[SnippetName]

    @property
    def name(self) -> str:
        """The program's name."""
        return self.program.name

    @property
    def snippets(self) -> tuple[Snippet, ...]:
        """The program's snippets."""
        return self.program.snippets


def measure(request: MeasureRequest, context: ProverContext) -> Runs[tuple[SnippetMeasurement, ...]]:
    """Run a program as it is, then with each candidate gap mutated; return one result a wanted snippet."""
    program = request.program
    base = yield from observe(program, context)
    keras = keras_of(program, reasons_not_run(program, context))
    runtime = context.runtime_with(keras)
    found = []
    for position, snippet in enumerate(program.snippets):
        if snippet.name in request.wanted:
            snippet_run = _without_chance_output(program, position, base.snippet_runs[position])
            measured = measured_snippet(program, position, snippet_run, _short_output(snippet_run), keras)
            gaps = yield from find_gaps(measured, base)
            key = measure_key(program, position, runtime)
            found.append(
                SnippetMeasurement(
                    snippet.name, key, _short_output(snippet_run), gaps, _traits(snippet, snippet_run)
                )
            )
    return tuple(found)


def _without_chance_output(program: Program, position: int, snippet_run: SnippetRun) -> SnippetRun:
    """Return a snippet run without its output where that may differ in another process.

    Both runs are forks of one process, with its addresses and its hashes.
    """
    trees = [tree_of(snippet.source) for snippet in program.snippets[: position + 1]]
    nodes = [node for tree in trees if tree for node in ast.walk(tree)]
    in_order = {id(each) for node in nodes for each in _order_free_operands(node)}
    is_by_chance = any(
        _is_call_of(node, {"id", "hash"})
        or (
            (isinstance(node, ast.Set | ast.SetComp) or _is_call_of(node, {"set", "frozenset"}))
            and id(node) not in in_order
            and any(letter.isalpha() or letter in "'\"" for letter in snippet_run.printed)
        )
        for node in nodes
    )
    return replace(snippet_run, printed="") if is_by_chance else snippet_run


def _order_free_operands(node: ast.AST) -> list[ast.expr]:
    """Return the operands of a node to which the order of a set makes no difference."""
    match node:
        case ast.Call(args=args) if _is_call_of(node, {"sorted", "len", "min", "max", "sum", "any", "all"}):
            return args
        case ast.Compare(comparators=comparators):
            return comparators
        case _:
            return []


def _is_call_of(node: ast.AST, names: set[str]) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names


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
