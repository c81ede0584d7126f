"""Decides whether a failing program is run again: behind its errors, or under Keras 2."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from cards.program.verdict import Outcome
from cards.prove.decide.classify import classify
from cards.python.imports import import_bindings, import_origins
from cards.python.syntax import dotted_root_name, tree_of
from cards.regex import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cards.program.program import Program
    from cards.prove.client.transcript import ExceptionInfo
    from cards.prove.decide.evidence import Evidence

_LIMITS = frozenset({Outcome.MEMORY_LIMIT, Outcome.DISK_LIMIT})
_CHANGED_API_ERRORS = frozenset(
    {"AttributeError", "ImportError", "TypeError", "ValueError", "NotImplementedError"}
)
"""What code written for an older interface raises; nothing else is tried again under Keras 2."""
_LIBRARY = regex(r"(?:tensorflow|keras|tf_keras)(?:_\w+)?\Z")
_LIBRARY_IN_TEXT = regex(r"\b(?:tensorflow|keras|tf_keras)\b|\btf\.", re.IGNORECASE)
_USUAL_NAMES = frozenset({"keras", "tf"})
"""What stands for the libraries also where no import is seen."""


def is_worth_keeping_going(evidence: Evidence) -> bool:
    """Tell whether a run that goes on behind errors would show more than the run that was seen.

    Not where nothing stands behind the errors, and not where memory or disk ran out: it would run out again.
    """
    errors = [error for position in evidence.failing if (error := evidence.first_error(position))]
    if any(classify(error).outcome in _LIMITS for error in errors):
        return False
    runs = [evidence.snippet_run(position) for position in evidence.failing]
    return any(len(run.statements) < run.count for run in runs)


def may_run_under_keras_2(evidence: Evidence, position: int) -> bool:
    """Tell whether a snippet's error may come of code that was written for Keras 2."""
    error = evidence.first_error(position)
    if error is None or not _CHANGED_API_ERRORS & {error.type, *error.class_names}:
        return False
    return classify(error).outcome is Outcome.FAILED and _concerns_keras(evidence.program, error)


def _concerns_keras(program: Program, error: ExceptionInfo) -> bool:
    """Tell whether an error passed a line of TensorFlow or Keras, or names something of them."""
    library_names = frozenset(_library_names(program))
    if not library_names:
        return False
    if error.libraries or _LIBRARY_IN_TEXT.search(error.text):
        return True
    return bool(library_names & set(re.findall(r"\w+", error.text)))


def _library_names(program: Program) -> Iterator[str]:
    """Yield the names that a program takes from TensorFlow and Keras: `tf`, `Dense` of `layers.Dense`."""
    trees = [tree for snippet in program.snippets if (tree := tree_of(snippet.source))]
    roots = set(_USUAL_NAMES)
    for node in (node for tree in trees for node in ast.walk(tree)):
        if any(_LIBRARY.match(module.partition(".")[0]) for module in import_origins(node).values()):
            roots |= set(import_bindings(node))
            yield from import_bindings(node)
    for node in (node for tree in trees for node in ast.walk(tree)):
        if isinstance(node, ast.Attribute) and dotted_root_name(node) in roots:
            yield node.attr
