"""Finds checks of a task that use names no answer defines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cards.errors import Problem
from cards.python.undefined import undefined_names

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cards.answer.task import Task


def dependent_checks(task: Task) -> Iterator[Problem]:
    """Yield a problem for each check that uses names defined neither before the answer nor by it."""
    position = task.program.answer or 0
    snippets = task.program.snippets
    before = [snippet.source for snippet in snippets[:position]]
    defined = "\n".join([*before, *(f"{name} = None" for name in task.defines)])
    for check in snippets[position + 1 :]:
        names = dict.fromkeys(f"`{name}`" for _, name in undefined_names(f"{defined}\n{check.source}"))
        if names:
            sentence = f"this check takes {', '.join(names)} from elsewhere; a task's check stands alone."
            yield Problem(check.span.path, check.span.first, sentence)
