"""Practise one coding task: edit, judge, repeat."""

from __future__ import annotations

import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Self

import click

from cards.answer.forbidden import find_refusal
from cards.answer.starting_file import starting_file
from cards.answer.task import with_answer
from cards.answer.task_answer import NOT_REACHED, CheckResult, TaskResult, judge_task
from cards.errors import ProofdeckError
from cards.program.confinement import Confinement
from cards.prove.client.options import Options
from cards.prove.event import ConfinementChosen
from cards.prove.prover import Prover
from cards.prove.sandbox.conditions import RunConditions
from srs.cli.build.editor import edit_file
from srs.cli.build.plan_runner import KEEP_WARM_MINUTES
from srs.cli.practice.task_report import diff_lines, result_lines

if TYPE_CHECKING:
    from pathlib import Path

    from cards.answer.task import Task
    from cards.program.snippet import KerasFlavour
    from cards.prove.event import ProverEvent
    from srs.cli.context import CommandContext

TIMEOUT_SECONDS = 10.0
"""What the answer, and each check on it, may take."""


class TaskJudge:
    """Judges answers to coding tasks with a prover, and logs the attempts."""

    def __init__(
        self,
        context: CommandContext,
        keras: KerasFlavour,
        *,
        unconfined: bool,
        keep_warm: bool,
        python: str | None = None,
    ) -> None:
        """Set up the prover, which starts with a process of that flavour."""
        self._context = context
        self._keras = keras
        options = Options(
            workers=1,
            today=context.now().date().isoformat(),
            unconfined=unconfined,
            timeout_seconds=TIMEOUT_SECONDS,
            keep_warm_minutes=KEEP_WARM_MINUTES if keep_warm else 0,
            python=python,
        )
        self._prover = Prover(options, _print_confinement)

    def __enter__(self) -> Self:
        self._prover.start([RunConditions.FIRST], [self._keras])
        return self

    def __exit__(self, *_: object) -> None:
        self._prover.close()

    def judge(self, task: Task, source: str) -> TaskResult:
        """Return the result of judging an answer, and log the attempt."""
        complaint = find_refusal(source, task)
        if complaint is not None:
            own = CheckResult(passed=False, sentence=complaint.sentence, line=complaint.line, ran=False)
            return TaskResult(own, (NOT_REACHED,) * len(task.demands))
        ((_, marks),) = self._prover.run([with_answer(task, source)], judge_task)
        self._log(task, right=marks.right)
        return marks

    def _log(self, task: Task, *, right: bool) -> None:
        from srs.cli.daily_backup import try_daily_backup
        from srs.store.store import Store

        with Store.open(self._context.store_file) as store:
            try_daily_backup(store, store.preferences.day(self._context.now()))
            store.attempts.record(task.guide, task.slug, at=self._context.now(), right=right)


def _print_confinement(event: ProverEvent) -> None:
    if isinstance(event, ConfinementChosen) and event.level is not Confinement.FULL:
        click.echo(event.sentence, err=True)


class TaskPractice:
    """Terminal loop for one coding task."""

    def __init__(self, task: Task, path: Path, task_judge: TaskJudge) -> None:
        self._task = task
        self._path = path
        self._task_judge = task_judge
        self._line = 1
        self.passed: frozenset[int] | None = None
        """The places of the checks that the last answer passed; None where nothing was run."""

    def run(self) -> None:
        """Run the loop: the learner edits, the answer is judged, the learner chooses what is next."""
        right, choice = self._attempt(), "e"
        while (choice := _ask_next("e" if not right else "r" if choice == "e" else "q")) != "q":
            if choice == "e":
                right = self._attempt()
            elif choice == "r":
                self._show_reference()
            else:
                click.echo("\n".join(["", *diff_lines(self._task, self._source()), ""]))
        if right:
            # The next practice of this task starts from the starting file.
            self._path.replace(self._path.with_suffix(".done.py"))
        else:
            click.echo(f"Your file is kept: {self._path}")

    def _show_reference(self) -> None:
        from rich.syntax import Syntax

        from srs.screen.shown_console import ShownConsole

        code = Syntax(self._task.reference.source, "python", theme="ansi_dark", background_color="default")
        ShownConsole().print("", code, "", sep="\n")

    def _write_starting_file(self) -> None:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with suppress(FileExistsError), self._path.open("x", encoding="utf-8") as file:
                file.write(starting_file(self._task))
        except OSError as error:
            raise ProofdeckError(f"{self._path} cannot be written: {error.strerror}.") from error

    def _source(self) -> str:
        try:
            return self._path.read_text("utf-8", "replace")
        except FileNotFoundError:  # deleted in the editor: start over
            return starting_file(self._task)

    def _attempt(self) -> bool:
        """Open the file in the editor, then judge it; return whether it is right."""
        self._write_starting_file()
        click.echo(f"{click.style(self._task.title, bold=True)}\n{self._path}")
        if edit_file(str(self._path), self._line):
            click.echo("The editor ended with an error, so nothing was run.")
            return False
        source = self._source()
        if source.strip() == starting_file(self._task).strip():
            click.echo("Nothing was written yet.")
            return False
        click.echo("Running ...\n", err=True)
        marks = self._task_judge.judge(self._task, source)
        self.passed = frozenset(place for place, check in enumerate(marks.checks) if check.passed)
        click.echo("\n".join(result_lines(self._task, marks)))
        wrong = [mark.line for mark in (marks.answer, *marks.checks) if mark.line]
        self._line = wrong[0] if wrong else 1
        return marks.right


def _ask_next(default: str) -> str:
    """Ask what to do next; the end of the input leaves."""
    words = {"e": "edit again", "r": "reference answer", "d": "difference to it", "q": "quit"}
    offered = ", ".join(f"[{key}] {text}" for key, text in words.items())
    while True:
        click.echo(f"\n{offered} ({default}): ", nl=False)
        line = sys.stdin.readline()
        if not line:
            click.echo()
            return "q"
        choice = line.strip().lower()[:1] or default
        if choice in words:
            return choice
