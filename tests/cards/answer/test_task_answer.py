"""Answers to the tasks of the bundled guide: right, plausibly wrong, and dishonest."""

from __future__ import annotations

import ast
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pytest

from cards.answer.forbidden import find_refusal
from cards.answer.starting_file import starting_file
from cards.answer.task import with_answer
from cards.answer.task_answer import NOT_REACHED, CheckResult, TaskResult, judge_task
from srs.cli.practice.task_report import result_lines
from tests.builders.case import Case, read_cases, rewrite
from tests.cards.answer.conftest import TASKS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cards.answer.task import Task
    from cards.program.program import Program
    from cards.prove.prover import Prover

HERE = Path(__file__).parent
RIGHT, WRONG, CHEATS = (tuple(read_cases(HERE / f"{name}.md")) for name in ("right", "wrong", "cheats"))
YES = """
class Yes:
    def __init__(self, *given, **named): pass
    def __call__(self, *given, **named): return self
    def __getattr__(self, name): return self
    def __getitem__(self, key): return self
    def __iter__(self): return iter([self, self])
    def __len__(self): return 2
    def __eq__(self, other): return True
    def __ne__(self, other): return False
    def __lt__(self, other): return True
    __le__ = __gt__ = __ge__ = __contains__ = __lt__
    def __sub__(self, other): return self
    __add__ = __mul__ = __truediv__ = __rsub__ = __radd__ = __matmul__ = __sub__
    def __abs__(self): return 0.0
    def __hash__(self): return 1
    def __bool__(self): return True

"""
"""Defines a class whose objects agree to everything."""


def task_of(case: Case) -> Task:
    return TASKS[case.name.partition(":")[0]]


def judging(task: Task, source: str, name: str) -> Program:
    """Return the program for an answer; what is meant never to end is stopped after two seconds."""
    program = replace(with_answer(task, source), name=name)
    if "while True" not in source:
        return program
    return replace(
        program,
        snippets=tuple(
            replace(each, directives=replace(each.directives, timeout_seconds=2)) for each in program.snippets
        ),
    )


@pytest.fixture(scope="module")
def judged(prover: Prover) -> Mapping[str, TaskResult]:
    """What became of every answer, by its name: all that can run at once does."""
    answers = {
        **{str(case): (task_of(case), case.given) for case in (*RIGHT, *WRONG, *CHEATS)},
        **{f"reference: {slug}": (task, task.reference.source) for slug, task in TASKS.items()},
        **{
            f"yes: {slug}": (task, YES + "\n".join(f"{name} = Yes()" for name in task.defines))
            for slug, task in TASKS.items()
        },
    }
    found: dict[str, TaskResult] = {}
    programs = []
    for name, (task, source) in answers.items():
        if complaint := find_refusal(source, task):
            own = CheckResult(passed=False, sentence=complaint.sentence, line=complaint.line, ran=False)
            found[name] = TaskResult(own, (NOT_REACHED,) * len(task.demands))
        else:
            programs.append(judging(task, source, name))
    return found | {program.name: result for program, result in prover.run(programs, judge_task)}


def test_there_are_at_least_ten_tasks_and_each_has_several_checks() -> None:
    assert len(TASKS) >= 10
    assert [slug for slug, task in TASKS.items() if len(task.demands) < 4] == []


def test_no_reference_is_longer_than_a_screen() -> None:
    lengths = {slug: task.reference.source.count("\n") + 1 for slug, task in TASKS.items()}
    assert {slug: length for slug, length in lengths.items() if length > 25} == {}


@pytest.mark.parametrize("slug", TASKS)
def test_the_reference_passes(slug: str, judged: Mapping[str, TaskResult]) -> None:
    result = judged[f"reference: {slug}"]
    assert result.right, "\n".join(result_lines(TASKS[slug], result))


@pytest.mark.parametrize("slug", TASKS)
def test_the_starting_file_could_be_run_and_shows_no_body(slug: str) -> None:
    text = starting_file(TASKS[slug])
    assert find_refusal(text, TASKS[slug]) is None
    assert {type(node) for node in ast.walk(ast.parse(text))} & {ast.Call, ast.Return, ast.With} == set()


@pytest.mark.parametrize("slug", TASKS)
def test_what_agrees_to_everything_passes_no_task(slug: str, judged: Mapping[str, TaskResult]) -> None:
    assert not judged[f"yes: {slug}"].right


def test_every_task_has_two_wrong_answers_and_a_right_one_besides_its_reference() -> None:
    wrong, right = (Counter(task_of(case).slug for case in cases) for cases in (WRONG, RIGHT))
    assert [slug for slug in TASKS if wrong[slug] < 2 or right[slug] < 1] == []


@pytest.mark.parametrize("case", RIGHT, ids=str)
def test_another_way_of_being_right_passes(case: Case, judged: Mapping[str, TaskResult]) -> None:
    result = judged[str(case)]
    assert result.right, "\n".join(result_lines(task_of(case), result))


@pytest.mark.parametrize("case", [*WRONG, *CHEATS], ids=str)
def test_what_is_wrong_fails_where_it_should(
    case: Case, judged: Mapping[str, TaskResult], request: pytest.FixtureRequest
) -> None:
    result = judged[str(case)]
    assert not result.right
    text = click.unstyle("\n".join(result_lines(task_of(case), result)))
    if request.config.getoption("--rewrite"):
        rewrite(case, text)
    else:
        assert text == case.expected
