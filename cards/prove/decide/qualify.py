"""What a verdict is worth: the qualifiers that stand beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cards.program.verdict import Outcome
from cards.prove.decide.stale import change_of
from cards.prove.decide.taint import leanings, stand_ins
from cards.prove.decide.words import in_words
from cards.prove.request import first_lines, guide_line, place, shortenings
from cards.python import unbound
from cards.python.syntax import tree_of

if TYPE_CHECKING:
    from cards.prove.decide.evidence import Evidence
    from cards.prove.decide.taint import Leaning


def notes(evidence: Evidence, position: int, outcome: Outcome) -> tuple[str, ...]:
    """Return a verdict's qualifiers, what weighs most first."""
    snippet = evidence.program.snippets[position]
    found = _stand_ins(evidence, position, outcome)
    found += [f"shortened: {change}" for change in shortenings(snippet)]
    if snippet.directives.shrink and not found:
        found.append("shrink changed nothing: it names no keyword with a larger number")
    found += [f"needs a look: {trick}" for trick in unbound.tricks(snippet.source)]
    found += _other_failures(evidence, position)
    if outcome.holds:
        found += _unproved(evidence, position)
        found += _warnings(evidence, position)
        earlier = [evidence.program.snippets[p].name for p in evidence.failing if p < position]
        found += [f"an earlier block fails: {name}" for name in earlier]
    elif outcome is Outcome.NOT_RUN:
        found += _never_bound(evidence, position)
    if evidence.keras == 2:
        found.append(f"run under Keras {evidence.surroundings.keras_2}")
    return tuple(found)


def deciding(evidence: Evidence, position: int, line: int = 0) -> list[Leaning]:
    """Return the statements of a snippet, or the one at a line, that print what stand-ins decide."""
    printing = {
        each.first
        for each in evidence.piece(position).statements
        if each.printed.strip() and (not line or each.first <= line <= each.last)
    }
    return [each for each in leanings(evidence.program)[position] if each.first in printing]


def in_a_row(words: tuple[str, ...]) -> str:
    """Return the words with commas between them."""
    return ", ".join(words)


def _stand_ins(evidence: Evidence, position: int, outcome: Outcome) -> list[str]:
    """Name what was made up, and where that alone decides what happens."""
    snippet = evidence.program.snippets[position]
    leaning = leanings(evidence.program)[position]
    if not leaning:
        return []
    if not outcome.holds:
        failing = [each.first for each in evidence.piece(position).statements if each.error]
        blamed = tuple(each for each in leaning if each.first in failing[:1])
        may_be_why = outcome is Outcome.FAILED and blamed
        return [f"the stand-in for {in_a_row(stand_ins(blamed))} may be why"] if may_be_why else []
    found = [f"passed with stand-ins for {in_a_row(stand_ins(leaning))}"]
    functions = tuple(sorted({name for each in leaning for name in each.calls}))
    if functions:
        found.append(f"the stand-in for {in_a_row(functions)} decides what it does")
    lines = [str(guide_line(snippet, each.first)) for each in deciding(evidence, position)]
    if lines and not snippet.directives.no_output:
        word = "line" if len(lines) == 1 else "lines"
        found.append(f"stand-ins decide what it prints, {word} {in_a_row(tuple(lines))}")
    return found


def _other_failures(evidence: Evidence, position: int) -> list[str]:
    """Return the statements that fail besides the first, causes told from what follows from them."""
    if evidence.keep_going is None or evidence.flaw(position) is None:
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
            missing |= unbound.bound_by(tree.body[number])
        if len(found) == 0 and statement.error == evidence.flaw(position):
            found.append("")
            continue
        line = guide_line(snippet, statement.first)
        follows = "NameError" in statement.error.lineage and statement.error.name in missing
        change = None if follows else change_of(statement.error.text)
        today = f" {change.advice}" if change else ""
        kind = "follows from it" if follows else "also fails"
        found.append(f"{kind}, line {line}: {in_words(statement.error)}{today}")
    return [each for each in found if each]


def _unproved(evidence: Evidence, position: int) -> list[str]:
    sources = tuple(snippet.source for snippet in evidence.program.snippets)
    found = [f"never called: {name}" for name in unbound.never_called(sources, position)]
    return found + _never_bound(evidence, position)


def _never_bound(evidence: Evidence, position: int) -> list[str]:
    program = evidence.program
    lines: list[str] = []
    for snippet, first in zip(program.snippets, first_lines(program), strict=True):
        lines += [""] * (first - 1 - len(lines))
        lines += snippet.source.split("\n") if tree_of(snippet.source) else []
    found = []
    for line, name in unbound.undefined("\n".join(lines)):
        owner, where = place(program, line)
        if owner is program.snippets[position]:
            found.append(f"never bound, line {where}: {name}")
    return found


def _warnings(evidence: Evidence, position: int) -> list[str]:
    if evidence.transcript is None:
        return []
    found = []
    for line, category in evidence.transcript.warnings:
        owner, where = place(evidence.program, line)
        if owner is evidence.program.snippets[position]:
            found.append(f"warns, line {where}: {category}")
    return found
