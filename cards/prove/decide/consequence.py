"""Finds the earlier snippet whose failure makes a later one fail: what it did not bind, change or write."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, NamedTuple

from cards.python.bindings import bound_names
from cards.python.effects import NameFacts, changed_names, name_facts
from cards.python.foreign.unparsed_names import names_bound_unparsed
from cards.python.reads import names_read
from cards.python.syntax import DEFINITIONS, tree_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cards.prove.client.transcript import ExceptionInfo
    from cards.prove.decide.evidence import Evidence


class Cause(NamedTuple):
    """The earlier snippet that did not run to its end, and what a later one misses of it."""

    position: int
    missing: str
    """A name, or the path of a file."""


def cause_of(evidence: Evidence, position: int, line: int = 0) -> Cause | None:
    """Return the cause of what fails in a snippet; None where it fails by itself.

    Without an exception the line, within the snippet, says which statement is asked about; 0 asks about all.
    """
    error = evidence.first_error(position)
    for earlier in range(position):
        if evidence.snippet_run(earlier).done:
            continue
        if error is not None and (missing := _unbound_name(evidence, earlier, error)):
            return Cause(earlier, missing)
        if evidence.program.snippets[earlier].directives.raises is None:
            if error is not None and (missing := _unwritten_file(evidence, earlier, error)):
                return Cause(earlier, missing)
            if missing := _name_left_as_it_was(evidence, earlier, position, line):
                return Cause(earlier, missing)
    return None


def _unbound_name(evidence: Evidence, earlier: int, error: ExceptionInfo) -> str:
    """Return the name of a NameError that the earlier snippet was to bind; empty for another error."""
    if "NameError" not in error.class_names or not error.name:
        return ""
    source = evidence.program.snippets[earlier].source
    tree = tree_of(source)
    bound = bound_names(tree) if tree else names_bound_unparsed(source)
    return error.name if error.name in bound else ""


def _unwritten_file(evidence: Evidence, earlier: int, error: ExceptionInfo) -> str:
    """Return the missing file that stands in the statements that the earlier snippet did not reach."""
    is_missing = "No such file" in error.text or "NotFound" in error.type
    if not is_missing:
        return ""
    paths = {
        node.value
        for statement in _unreached(evidence, earlier)
        for node in ast.walk(statement)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and _is_path(node.value)
    }
    missing = error.filename or error.text
    return next((path for path in sorted(paths, key=len, reverse=True) if path in missing), "")


def _is_path(text: str) -> bool:
    return len(text) > 1 and not any(mark in text for mark in " \n{}%")


def _name_left_as_it_was(evidence: Evidence, earlier: int, position: int, line: int) -> str:
    """Return a name that the failing statement reads and that the earlier snippet did not get to set."""
    facts = name_facts(
        [each for place in range(position + 1) for each in _body(evidence, place)], frozenset()
    )
    unset = _set_by_unreached(evidence, earlier, facts)
    for place in range(earlier + 1, position + 1):
        for statement in _body(evidence, place):
            used = names_read(statement) & unset
            if place == position and used and _is_asked_about(evidence, position, statement, line):
                return min(used)
            if used:
                unset |= bound_names(statement) | changed_names(statement, facts)
            elif isinstance(statement, (ast.Assign, ast.Import, ast.ImportFrom, *DEFINITIONS)):
                unset -= bound_names(statement)
    return ""


def _set_by_unreached(evidence: Evidence, earlier: int, facts: NameFacts) -> set[str]:
    """Return the names that the statements would have bound or changed that an earlier snippet left out."""
    error = evidence.first_error(earlier)
    found: set[str] = set()
    for number, statement in enumerate(_unreached(evidence, earlier)):
        found |= bound_names(statement)
        # A method that is not there would have changed nothing.
        is_no_method = number == 0 and error is not None and "AttributeError" in error.class_names
        if not is_no_method:
            found |= changed_names(statement, facts)
    return found - facts.imported


def _is_asked_about(evidence: Evidence, position: int, statement: ast.stmt, line: int) -> bool:
    failing = [each.first for each in evidence.snippet_run(position).statements if each.error]
    if failing:
        return statement.lineno == failing[0] or _first_line(statement) == failing[0]
    return not line or _first_line(statement) <= line <= (statement.end_lineno or statement.lineno) + 1


def _first_line(statement: ast.stmt) -> int:
    decorators = statement.decorator_list if isinstance(statement, DEFINITIONS) else []
    return min([statement.lineno, *(each.lineno for each in decorators)])


def _unreached(evidence: Evidence, position: int) -> Iterator[ast.stmt]:
    """Yield the statements of a snippet that failed or were not run, in order."""
    ended = sum(each.error is None for each in evidence.snippet_run(position).statements)
    yield from _body(evidence, position)[ended:]


def _body(evidence: Evidence, position: int) -> Sequence[ast.stmt]:
    tree = tree_of(evidence.program.snippets[position].source)
    return tree.body if tree else ()
