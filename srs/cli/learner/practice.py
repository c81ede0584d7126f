"""`proofdeck practice`: coding tasks, judged by what the learner's code does."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cards.errors import ProofdeckError
from cards.files import read_file

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from cards.answer.task import Task
    from cards.guide.guide import Guide
    from srs.cli.context import CommandContext
    from srs.cli.practice.task_practice import TaskJudge
    from srs.store.attempts import TaskHistory


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
    context: CommandContext = ctx.obj
    if os.environ.get("NO_COLOR"):
        ctx.color = False
    if file is not None:
        try:
            task = _find_task(_read_tasks(context, guide), " ".join(topic))
            running = _Running(
                _interpreter(task, python, yes=yes), unconfined=unconfined, keep_warm=keep_warm
            )
            right = _judge_file(context, task, file, running, as_json=as_json)
        except ProofdeckError as error:
            # 1 would say that the answer is wrong.
            click.echo(str(error), err=True)
            ctx.exit(2)
        ctx.exit(0 if right else 1)
    tasks = _read_tasks(context, guide)
    is_terminal = sys.stdin.isatty() and sys.stdout.isatty()
    if listing or not (topic or is_terminal or reference):
        _print_tasks(context, tasks, as_json=as_json)
        return
    if not topic and is_terminal and not reference:
        tried, _ = _task_histories(context)
        task = min(tasks, key=lambda task: _last_done(tried.get((task.guide, task.slug))))
    else:
        task = _find_task(tasks, " ".join(topic))
    if reference:
        _print_code(task, "reference", task.reference.source, as_json=as_json)
    elif as_json or not is_terminal:
        from cards.answer.starting_file import starting_file

        _print_code(task, "start", starting_file(task).rstrip("\n"), as_json=as_json)
    else:
        running = _Running(_interpreter(task, python, yes=yes), unconfined=unconfined, keep_warm=keep_warm)
        _practice_task(context, task, running)


def _read_tasks(context: CommandContext, named: str | None) -> tuple[Task, ...]:
    """Return the tasks of a guide; without its name those of all that were built, else of the bundled one."""
    from cards.answer.task import tasks_of
    from cards.guide.reading.parse import parse_guide
    from srs.cli.build.guide_file import find_guide

    identities = _identities_by_path(context)

    def read(name: str | None) -> tuple[Guide, tuple[Task, ...]]:
        file = find_guide(context, name)
        source = file.source()
        guide = parse_guide(source.text, source.path)
        identity = identities.get(str(file.path.resolve()), guide.slug)
        return guide, tuple(replace(task, guide=identity) for task in tasks_of(guide))

    if named is not None:
        guide, tasks = read(named)
        if not tasks:
            lines = [*map(str, guide.warnings), f"{named}: this guide has no task that can be practised."]
            raise ProofdeckError("\n".join(lines))
        return tasks
    built = [task for path in identities if Path(path).is_file() for task in read(path)[1]]
    return tuple(built) or read(None)[1]


def _identities_by_path(context: CommandContext) -> dict[str, str]:
    """Return the identities of the guides in the store, by where their last build found them."""
    from srs.store.store import Store

    if not context.store_path.exists():
        return {}
    with Store.open_existing(context.store_file) as store:
        return {path: guide for guide, path in store.decks.guide_paths().items()}


def _task_histories(context: CommandContext) -> tuple[Mapping[tuple[str, str], TaskHistory], date]:
    """Return the history of each task, and today's Day."""
    from srs.store.store import Store

    if not context.store_path.exists():
        return {}, context.now().date()
    with Store.open_existing(context.store_file) as store:
        return store.attempts.histories(), store.preferences.day(context.now())


def _print_tasks(context: CommandContext, tasks: Sequence[Task], *, as_json: bool) -> None:
    from shutil import get_terminal_size

    from srs.cli.practice.task_report import task_json, task_lines

    tried, today = _task_histories(context)
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


def _last_done(tried: TaskHistory | None) -> str:
    return tried.done.isoformat() if tried and tried.done else ""


def _print_code(task: Task, what: str, source: str, *, as_json: bool) -> None:
    if as_json:
        source = json.dumps(
            {"guide": task.guide, "task": task.slug, "title": task.title, what: source},
            indent=2,
            ensure_ascii=False,
        )
    click.echo(source)


@dataclass(frozen=True, slots=True)
class _Running:
    """How the code of an answer runs."""

    python: str | None
    """Another environment's interpreter; None for this one."""
    unconfined: bool
    keep_warm: bool

    def can_run(self, task: Task) -> bool:
        """Tell whether what the task needs is installed where its code runs."""
        from cards.program.tensorflow_use import uses_tensorflow
        from cards.prove.client.installed_versions import runtime_of

        return bool(runtime_of(self.python).tensorflow) or not uses_tensorflow(task.program.snippets)

    def judge(self, context: CommandContext, task: Task) -> TaskJudge:
        """Return the judge of answers to a task."""
        from cards.prove.client.run_request import keras_of
        from srs.cli.practice.task_practice import TaskJudge

        keras = keras_of(task.program)
        return TaskJudge(
            context, keras, unconfined=self.unconfined, keep_warm=self.keep_warm, python=self.python
        )


def _interpreter(task: Task, python: str | None, *, yes: bool) -> str | None:
    """Return the interpreter that a task's code runs in; None for the one that runs proofdeck."""
    from srs.cli.build.guide_environment import interpreter_at, interpreter_for
    from srs.cli.build.guide_file import GuideFile

    guide = Path(task.span.path)
    # The bundled guide, which is found under no path, asks for nothing.
    file = GuideFile(guide, task.span.path, guide.with_suffix(".lock"))
    if python is not None:
        return interpreter_at(python)
    return interpreter_for(file, None, yes=yes) if guide.is_file() else None


def _judge_file(context: CommandContext, task: Task, file: str, running: _Running, *, as_json: bool) -> bool:
    """Judge the answer in a file and print the result; return whether it is right."""
    from srs.cli.practice.task_report import result_json, result_lines

    try:
        raw = sys.stdin.buffer.read() if file == "-" else read_file(Path(file))
        source = raw.decode("utf-8-sig")
    except OSError as error:
        raise click.UsageError(f"{file}: cannot be read ({error.strerror}).") from error
    except UnicodeDecodeError as error:
        raise click.UsageError(f"{file}: not UTF-8 (byte {error.start}).") from error
    if not running.can_run(task):
        raise ProofdeckError(f"{_NO_TENSORFLOW} The answer was not judged.")
    with running.judge(context, task) as task_judge:
        marks = task_judge.judge(task, source)
    if as_json:
        click.echo(json.dumps(result_json(task, marks), indent=2, ensure_ascii=False))
    else:
        for line in result_lines(task, marks):
            click.echo(line)
    return marks.right


_NO_TENSORFLOW = (
    "TensorFlow is not installed, so this code cannot run here: `pip install 'proofdeck[tensorflow]'`."
)


def _practice_task(context: CommandContext, task: Task, running: _Running) -> None:
    if not running.can_run(task):
        from cards.answer.starting_file import description_lines

        click.echo(f"{_NO_TENSORFLOW}\n\n{click.style(task.title, bold=True)}\n")
        click.echo("\n".join(description_lines(task.description)))
        click.echo(f"The reference answer:\n\n{task.reference.source}")
        return
    from srs.cli.practice.task_practice import TaskPractice

    path = context.home / "practice" / task.guide / f"{task.slug}.py"
    with running.judge(context, task) as task_judge:
        TaskPractice(task, path, task_judge).run()
