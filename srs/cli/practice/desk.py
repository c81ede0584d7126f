"""An answer to a coding task: written in an editor, judged, and written again."""

from __future__ import annotations

import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Self

import click

from cards.answer.forbidden import refused
from cards.answer.starting_file import starting_file
from cards.answer.task import with_answer
from cards.answer.task_answer import NOT_RUN, Mark, Marks
from cards.errors import ProofdeckError
from cards.prove.event import Confined
from cards.prove.options import Options
from cards.prove.prover import Prover
from srs.cli.build.editor import edit_file
from srs.cli.build.workshop import KEEP_WARM_MINUTES
from srs.cli.practice.task_report import diff_lines, marks_lines

if TYPE_CHECKING:
    from pathlib import Path

    from cards.answer.task import Task
    from cards.prove.event import Event
    from srs.cli.context import Setting

SECONDS = 10.0
"""What the answer, and each check on it, may take."""


class Examiner:
    """Judges answers; the process that has TensorFlow imported is started at once, and kept."""

    def __init__(self, setting: Setting, *, unconfined: bool, keep_warm: bool) -> None:
        self._setting = setting
        options = Options(
            workers=1,
            today=setting.now().date().isoformat(),
            unconfined=unconfined,
            timeout_seconds=SECONDS,
            keep_warm_minutes=KEEP_WARM_MINUTES if keep_warm else 0,
        )
        self._prover = Prover(options, _tell)

    def __enter__(self) -> Self:
        self._prover.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._prover.close()

    def marks(self, task: Task, source: str) -> Marks:
        """Return what becomes of an answer, and log the attempt."""
        complaint = refused(source, task)
        if complaint is not None:
            own = Mark(passed=False, sentence=complaint.sentence, line=complaint.line, ran=False)
            return Marks(own, (NOT_RUN,) * len(task.demands))
        ((_, marks),) = self._prover.grade([with_answer(task, source)])
        self._log(task, right=marks.right)
        return marks

    def _log(self, task: Task, *, right: bool) -> None:
        from srs.store import Store

        with Store.open(self._setting.store_file) as store:
            store.attempt(task.guide, task.slug, at=self._setting.now(), right=right)


def _tell(event: Event) -> None:
    if isinstance(event, Confined) and event.level != "full":
        click.echo(event.sentence, err=True)


class Desk:
    """One task on a terminal, until the learner leaves it."""

    def __init__(self, task: Task, path: Path, examiner: Examiner) -> None:
        self._task = task
        self._path = path
        self._examiner = examiner
        self._line = 1

    def work(self) -> None:
        """Let the learner write, judge what was written, and go on as they choose."""
        right, choice = self._attempt(), "e"
        while (choice := _chosen("e" if not right else "r" if choice == "e" else "q")) != "q":
            if choice == "e":
                right = self._attempt()
            elif choice == "r":
                self._show_reference()
            else:
                click.echo("\n".join(["", *diff_lines(self._task, self._source()), ""]))
        if right:
            # The next practice of this task begins anew.
            self._path.replace(self._path.with_suffix(".done.py"))
        else:
            click.echo(f"Your file is kept: {self._path}")

    def _show_reference(self) -> None:
        from rich.console import Console
        from rich.syntax import Syntax

        code = Syntax(self._task.reference.source, "python", theme="ansi_dark", background_color="default")
        Console().print("", code, "", sep="\n")

    def _lay_out(self) -> None:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with suppress(FileExistsError), self._path.open("x", encoding="utf-8") as file:
                file.write(starting_file(self._task))
        except OSError as error:
            raise ProofdeckError(f"{self._path} cannot be written: {error.strerror}.") from error

    def _source(self) -> str:
        try:
            return self._path.read_text("utf-8", "replace")
        except FileNotFoundError:  # deleted in the editor: begin anew
            return starting_file(self._task)

    def _attempt(self) -> bool:
        """Have the file edited and judged; return whether it is right."""
        self._lay_out()
        click.echo(f"{click.style(self._task.title, bold=True)}\n{self._path}")
        if edit_file(str(self._path), self._line):
            click.echo("The editor ended with an error, so nothing was run.")
            return False
        source = self._source()
        if source.strip() == starting_file(self._task).strip():
            click.echo("Nothing was written yet.")
            return False
        click.echo("Running ...\n", err=True)
        marks = self._examiner.marks(self._task, source)
        click.echo("\n".join(marks_lines(self._task, marks)))
        wrong = [mark.line for mark in (marks.answer, *marks.checks) if mark.line]
        self._line = wrong[0] if wrong else 1
        return marks.right


def _chosen(default: str) -> str:
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
