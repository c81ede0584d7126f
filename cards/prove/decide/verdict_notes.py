"""What a verdict is worth: the qualifiers that stand beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cards.program.verdict import Outcome
from cards.prove.client.run_request import first_lines, guide_line, locate_line, shortenings
from cards.prove.decide.error_text import error_sentence
from cards.prove.decide.stale_api import change_of
from cards.prove.decide.taint import stand_in_names, taints_of
from cards.python.bindings import bound_names
from cards.python.suspicious import suspicious_names
from cards.python.syntax import tree_of
from cards.python.undefined import uncalled_definitions, undefined_names

if TYPE_CHECKING:
    from cards.prove.decide.evidence import Evidence
    from cards.prove.decide.taint import Taint


def notes(evidence: Evidence, position: int, outcome: Outcome) -> tuple[str, ...]:
    """Return a verdict's qualifiers, what weighs most first."""
    snippet = evidence.program.snippets[position]
    found = _stand_in_notes(evidence, position, outcome)
    found += [f"shortened: {change}" for change in shortenings(snippet)]
    if snippet.directives.shrink and not found:
        found.append("shrink changed nothing: it names no keyword with a larger number")
    found += [f"needs a look: {trick}" for trick in suspicious_names(snippet.source)]
    found += _other_failure_notes(evidence, position)
    if outcome.holds:
        found += _unproved_notes(evidence, position)
        found += _warning_notes(evidence, position)
        earlier = [evidence.program.snippets[p].name for p in evidence.failing if p < position]
        found += [f"an earlier block fails: {name}" for name in earlier]
    elif outcome is Outcome.NOT_RUN:
        found += _never_bound_notes(evidence, position)
    if evidence.keras == 2:
        found.append(f"run under Keras {evidence.context.keras_2}")
    return tuple(found)


def printing_taints(evidence: Evidence, position: int, line: int = 0) -> list[Taint]:
    """Return the statements of a snippet, or the one at a line, that print what stand-ins decide."""
    printing = {
        each.first
        for each in evidence.piece(position).statements
        if each.printed.strip() and (not line or each.first <= line <= each.last)
    }
    return [each for each in taints_of(evidence.program)[position] if each.first in printing]


def join_with_commas(words: tuple[str, ...]) -> str:
    """Return the words with commas between them."""
    return ", ".join(words)


def _stand_in_notes(evidence: Evidence, position: int, outcome: Outcome) -> list[str]:
    """Name what was made up, and where that alone decides what happens."""
    snippet = evidence.program.snippets[position]
    leaning = taints_of(evidence.program)[position]
    if not leaning:
        return []
    if not outcome.holds:
        failing = [each.first for each in evidence.piece(position).statements if each.error]
        blamed = tuple(each for each in leaning if each.first in failing[:1])
        may_be_why = outcome is Outcome.FAILED and blamed
        return (
            [f"the stand-in for {join_with_commas(stand_in_names(blamed))} may be why"] if may_be_why else []
        )
    found = [f"passed with stand-ins for {join_with_commas(stand_in_names(leaning))}"]
    functions = tuple(sorted({name for each in leaning for name in each.calls}))
    if functions:
        found.append(f"the stand-in for {join_with_commas(functions)} decides what it does")
    lines = [str(guide_line(snippet, each.first)) for each in printing_taints(evidence, position)]
    if lines and not snippet.directives.no_output:
        word = "line" if len(lines) == 1 else "lines"
        found.append(f"stand-ins decide what it prints, {word} {join_with_commas(tuple(lines))}")
    return found


def _other_failure_notes(evidence: Evidence, position: int) -> list[str]:
    """Return the statements that fail besides the first, causes told from what follows from them."""
    if evidence.keep_going is None or evidence.first_error(position) is None:
        return []
    snippet = evidence.program.snippets[position]
    tree = tree_of(snippet.source)
    statements = evidence.keep_going.pieces[position].statements
    missing: set[str] = set()
    found: list[str] = []
    for number, statement in enumerate(statements):
        if statement.error is None:
            continue
        if tree is not None and number < len(tree.body):
            missing |= bound_names(tree.body[number])
        if len(found) == 0 and statement.error == evidence.first_error(position):
            found.append("")
            continue
        line = guide_line(snippet, statement.first)
        follows = "NameError" in statement.error.class_names and statement.error.name in missing
        change = None if follows else change_of(statement.error.text)
        today = f" {change.advice}" if change else ""
        kind = "follows from it" if follows else "also fails"
        found.append(f"{kind}, line {line}: {error_sentence(statement.error)}{today}")
    return [each for each in found if each]


def _unproved_notes(evidence: Evidence, position: int) -> list[str]:
    sources = tuple(snippet.source for snippet in evidence.program.snippets)
    found = [f"never called: {name}" for name in uncalled_definitions(sources, position)]
    return found + _never_bound_notes(evidence, position)


def _never_bound_notes(evidence: Evidence, position: int) -> list[str]:
    program = evidence.program
    lines: list[str] = []
    for snippet, first in zip(program.snippets, first_lines(program), strict=True):
        lines += [""] * (first - 1 - len(lines))
        lines += snippet.source.split("\n") if tree_of(snippet.source) else []
    found = []
    for line, name in undefined_names("\n".join(lines)):
        owner, where = locate_line(program, line)
        if owner is program.snippets[position]:
            found.append(f"never bound, line {where}: {name}")
    return found


def _warning_notes(evidence: Evidence, position: int) -> list[str]:
    if evidence.transcript is None:
        return []
    found = []
    for line, category in evidence.transcript.warnings:
        owner, where = locate_line(evidence.program, line)
        if owner is evidence.program.snippets[position]:
            found.append(f"warns, line {where}: {category}")
    return found
