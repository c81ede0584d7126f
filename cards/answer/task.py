"""The coding tasks of a guide, and the program that runs an answer with its hidden checks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import TYPE_CHECKING

from cards.guide.heading.slug import slug_of
from cards.guide.programs import programs_of
from cards.guide.task_blocks import check_requirement, task_checks, task_description
from cards.program.snippet import SnippetRole
from cards.python.bindings import names_defined_in
from cards.span import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from cards.guide.block import Block
    from cards.guide.guide import Guide
    from cards.program.program import Program
    from cards.program.snippet import Snippet

ANSWER_PATH = "answer"
"""The path in the span of what a learner wrote."""


@dataclass(frozen=True, slots=True)
class Task:
    """A coding task of a guide."""

    guide: str
    """The guide's identity where a store knows it, else its slug."""
    slug: str
    title: str
    section: str
    description: tuple[Block, ...]
    reference: Snippet
    demands: tuple[str, ...]
    """What the checks demand, in words, in order."""
    program: Program
    """The question's program up to the last check, the reference in it, and each check with its fixtures."""
    span: Span
    """The whole question."""

    @property
    def defines(self) -> tuple[str, ...]:
        """The names that an answer must define."""
        return names_defined_in(self.reference.source)


def tasks_of(guide: Guide) -> tuple[Task, ...]:
    """Return the coding tasks of a guide, in the guide's order."""
    programs = {program.name: program for program in programs_of(guide)}
    return tuple(
        Task(
            guide=guide.slug,
            slug=question.slug,
            title=question.title,
            section=question.section,
            description=task_description(question),
            reference=question.snippets[question.task],
            demands=tuple(map(check_requirement, task_checks(question))),
            program=_checking_program(
                programs[question.slug], question.snippets[question.task], task_checks(question)
            ),
            span=question.span,
        )
        for question in guide.questions
        if question.task is not None
    )


def find_tasks(tasks: Sequence[Task], text: str) -> tuple[Task, ...]:
    """Return the tasks that a text may mean: a slug or its beginning, words of a title, or nearly so."""
    wanted = slug_of(text)
    words = wanted.split("-")
    texts = {task: f"{task.slug}-{slug_of(task.title)}" for task in tasks}
    rules: tuple[Callable[[Task], bool], ...] = (
        lambda task: task.slug == wanted,
        lambda task: task.slug.startswith(wanted),
        lambda task: all(word in texts[task] for word in words),
        lambda task: all(get_close_matches(word, texts[task].split("-"), n=1, cutoff=0.75) for word in words),
    )
    for rule in rules if wanted else ():
        if found := tuple(filter(rule, tasks)):
            return found
    return ()


def with_answer(task: Task, source: str) -> Program:
    """Return a task's program with an answer in the reference's place."""
    program = task.program
    position = program.answer or 0
    span = Span(ANSWER_PATH, 1, source.count("\n") + 1)
    answer = replace(program.snippets[position], source=source, span=span)
    return replace(
        program, snippets=(*program.snippets[:position], answer, *program.snippets[position + 1 :])
    )


def _checking_program(program: Program, reference: Snippet, checks: tuple[Snippet, ...]) -> Program:
    """Return the program that checks an answer: what precedes it, the reference in its place, its checks.

    The fixtures that a check asks for are part of it, so that no answer can get at them.
    """
    position = program.snippets.index(reference)
    sources = {
        each.name.rpartition(":")[2]: each.source
        for each in program.snippets
        if each.role is SnippetRole.FIXTURE
    }
    whole = tuple(
        replace(check, source="\n".join([*map(sources.__getitem__, check.directives.fixtures), check.source]))
        for check in checks
    )
    return replace(
        program,
        snippets=(*program.snippets[:position], reference, *whole),
        answer=position,
        handed=names_defined_in(reference.source),
    )
