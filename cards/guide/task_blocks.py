"""The parts of a coding task within its question: description, reference answer, hidden checks."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from cards.errors import Problem
from cards.guide.block import Prose
from cards.program.checks import check_positions
from cards.python.bindings import names_defined_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cards.guide.block import Block
    from cards.guide.guide import Question
    from cards.program.snippet import Snippet


def task_description(question: Question) -> tuple[Block, ...]:
    """Return the blocks above a task's reference answer, which say what is asked for; none without a task."""
    if question.task is None:
        return ()
    reference = question.snippets[question.task].span
    return tuple(takewhile(lambda block: block.span != reference, question.blocks))


def task_checks(question: Question) -> tuple[Snippet, ...]:
    """Return the hidden checks behind a task's reference answer, up to the next code that is shown."""
    if question.task is None:
        return ()
    return tuple(question.snippets[check] for check in check_positions(question.snippets, question.task))


def check_requirement(check: Snippet) -> str:
    """Return the requirement that a check tests: its first comment, without a full stop; empty if none."""
    lines = [line.strip() for line in check.source.strip().split("\n")]
    comment = takewhile(lambda line: line.startswith("#"), lines)
    return " ".join(line.lstrip("# ") for line in comment).strip().removesuffix(".")


def task_problems(question: Question) -> Iterator[Problem]:
    """Yield the problems that make a question's task impossible to ask."""
    if question.task is None:
        return
    reference = question.snippets[question.task]
    path, fence = reference.span.path, reference.span.first - 1
    if not any(isinstance(block, Prose) for block in task_description(question)):
        yield Problem(path, fence, "nothing says what this task asks for; write a paragraph above it.")
    if not names_defined_in(reference.source):
        yield Problem(path, fence, "this task defines no function and no class that a check could call.")
    if not task_checks(question):
        yield Problem(path, fence, "this task has no hidden `check` right behind it; write what it must do.")
    for check in task_checks(question):
        if not check_requirement(check):
            sentence = "a task's check begins with a comment that says in words what it demands."
            yield Problem(check.span.path, check.span.first, sentence)
