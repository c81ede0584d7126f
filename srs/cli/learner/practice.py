"""`proofdeck practice`: coding tasks, judged by what the learner's code does."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cards.errors import ProofdeckError
from cards.files import read_file

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cards.answer.task import Task
    from srs.cli.context import CommandContext
    from srs.cli.practice.running import Running


@click.command(name="practice")
@click.argument("topic", nargs=-1)
@click.option(
    "--guide",
    type=click.Path(),
    metavar="GUIDE",
    help="This guide's tasks, instead of those that were built.",
)
@click.option("--list", "listing", is_flag=True, help="List the tasks, each with its attempts.")
@click.option(
    "--file", type=click.Path(allow_dash=True), metavar="FILE", help="Judge a file (- for standard input)."
)
@click.option("--reference", is_flag=True, help="Print the reference answer.")
@click.option("--python", metavar="PATH", help="Run the code with another environment's interpreter.")
@click.option(
    "--yes", "-y", is_flag=True, help="Make the environment that the guide asks for, without a question."
)
@click.option(
    "--keep-warm", is_flag=True, help="Keep TensorFlow imported for the next commands, for ten minutes."
)
@click.option("--unconfined", is_flag=True, help="Run the code even where nothing confines it.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
@click.pass_context
def command(
    ctx: click.Context,
    topic: tuple[str, ...],
    guide: str | None,
    *,
    listing: bool,
    file: str | None,
    reference: bool,
    python: str | None,
    yes: bool,
    keep_warm: bool,
    unconfined: bool,
    as_json: bool,
) -> None:
    """Write the code that a task asks for, and have it run against hidden checks.

    TOPIC is a task's name or words of its title; without one it is the next task that is not done. Your
    EDITOR opens on a file that is kept until it is right; then the file runs, confined, and you see which
    checks pass. Where standard output is no terminal, the file to begin with is written there.

    With --file the exit code says it: 0 right, 1 wrong, 2 not judged.
    """
    from srs.cli.practice.built_task import last_done, read_tasks, task_histories
    from srs.cli.practice.running import Running, interpreter_of

    context: CommandContext = ctx.obj
    if os.environ.get("NO_COLOR"):
        ctx.color = False
    if file is not None:
        try:
            task = _find_task(read_tasks(context, guide), " ".join(topic))
            running = Running(
                interpreter_of(task, python, yes=yes), unconfined=unconfined, keep_warm=keep_warm
            )
            right = _judge_file(context, task, file, running, as_json=as_json)
        except ProofdeckError as error:
            # 1 would say that the answer is wrong.
            click.echo(str(error), err=True)
            ctx.exit(2)
        ctx.exit(0 if right else 1)
    tasks = read_tasks(context, guide)
    is_terminal = sys.stdin.isatty() and sys.stdout.isatty()
    if listing or not (topic or is_terminal or reference):
        _print_tasks(context, tasks, as_json=as_json)
        return
    if not topic and is_terminal and not reference:
        tried, _ = task_histories(context)
        task = min(tasks, key=lambda task: last_done(tried.get((task.guide, task.slug))))
    else:
        task = _find_task(tasks, " ".join(topic))
    if reference:
        _print_code(task, "reference", task.reference.source, as_json=as_json)
    elif as_json or not is_terminal:
        from cards.answer.starting_file import starting_file

        _print_code(task, "start", starting_file(task).rstrip("\n"), as_json=as_json)
    else:
        running = Running(interpreter_of(task, python, yes=yes), unconfined=unconfined, keep_warm=keep_warm)
        _practice_task(context, task, running)


def _print_tasks(context: CommandContext, tasks: Sequence[Task], *, as_json: bool) -> None:
    from shutil import get_terminal_size

    from srs.cli.practice.built_task import task_histories
    from srs.cli.practice.task_report import task_json, task_lines

    tried, today = task_histories(context)
    if as_json:
        found = [task_json(task, tried.get((task.guide, task.slug))) for task in tasks]
        click.echo(json.dumps(found, indent=2, ensure_ascii=False))
        return
    for line in task_lines(tasks, tried, today, get_terminal_size().columns):
        click.echo(line)


def _find_task(tasks: Sequence[Task], topic: str) -> Task:
    """Return the one task that a topic means."""
    from cards.answer.task import find_tasks

    found = find_tasks(tasks, topic)
    if len(found) == 1:
        return found[0]
    names = ", ".join(task.slug for task in found or tasks)
    what = f"{topic!r} may be any of {len(found)} tasks" if found else f"{topic!r} is no task"
    raise click.UsageError(f"{what if topic else 'Name a task'}. Choose one of: {names}.")


def _print_code(task: Task, what: str, source: str, *, as_json: bool) -> None:
    if as_json:
        source = json.dumps(
            {"guide": task.guide, "task": task.slug, "title": task.title, what: source},
            indent=2,
            ensure_ascii=False,
        )
    click.echo(source)


def _judge_file(context: CommandContext, task: Task, file: str, running: Running, *, as_json: bool) -> bool:
    """Judge the answer in a file and print the result; return whether it is right."""
    from srs.cli.practice.running import NO_TENSORFLOW
    from srs.cli.practice.task_report import result_json, result_lines

    try:
        raw = sys.stdin.buffer.read() if file == "-" else read_file(Path(file))
        source = raw.decode("utf-8-sig")
    except OSError as error:
        raise click.UsageError(f"{file}: cannot be read ({error.strerror}).") from error
    except UnicodeDecodeError as error:
        raise click.UsageError(f"{file}: not UTF-8 (byte {error.start}).") from error
    if not running.can_run(task):
        raise ProofdeckError(f"{NO_TENSORFLOW} The answer was not judged.")
    with running.judge(context, task) as task_judge:
        marks = task_judge.judge(task, source)
    if as_json:
        click.echo(json.dumps(result_json(task, marks), indent=2, ensure_ascii=False))
    else:
        for line in result_lines(task, marks):
            click.echo(line)
    return marks.right


def _practice_task(context: CommandContext, task: Task, running: Running) -> None:
    from srs.cli.practice.running import NO_TENSORFLOW

    if not running.can_run(task):
        from cards.answer.starting_file import description_lines

        click.echo(f"{NO_TENSORFLOW}\n\n{click.style(task.title, bold=True)}\n")
        click.echo("\n".join(description_lines(task.description)))
        click.echo(f"The reference answer:\n\n{task.reference.source}")
        return
    from srs.cli.practice.task_practice import TaskPractice

    path = context.home / "practice" / task.guide / f"{task.slug}.py"
    with running.judge(context, task) as task_judge:
        TaskPractice(task, path, task_judge).run()
