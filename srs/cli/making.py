"""From a guide on disk to a built deck, with what runs shown while it runs."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from cards.deck import Built, Plan, finish, plan

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from cards.lock import Lock
    from cards.prove.event import Event
    from cards.snippet import Program, Runtime, Verdict
    from srs.cli.guide_file import GuideFile
    from srs.cli.setting import Setting


def planned(guide: GuideFile, lock: Lock | None, *, python: str | None = None) -> tuple[Plan, Runtime | None]:
    """Return the plan for a guide under the versions that are installed here."""
    from cards.prove.prover import installed_runtime

    runtime = installed_runtime(python)
    return plan(guide.text(), guide.shown, lock, runtime), runtime


def proved(
    made: Plan,
    runtime: Runtime | None,
    setting: Setting,
    *,
    workers: int | None = None,
    unconfined: bool = False,
    python: str | None = None,
    quiet: bool = False,
) -> Built:
    """Run what has to run and return the built deck; without TensorFlow nothing runs.

    A Ctrl-C in the middle raises KeyboardInterrupt; nothing has been written by then.
    """
    ran: list[Verdict] = []
    if runtime is not None and made.to_run:
        for verdicts in run(
            made.to_run, made, setting, workers=workers, unconfined=unconfined, python=python, quiet=quiet
        ):
            ran += verdicts
    return finish(made, ran, int(setting.now().timestamp()))


def run(
    programs: Iterable[Program],
    made: Plan,
    setting: Setting,
    *,
    workers: int | None,
    unconfined: bool,
    python: str | None,
    quiet: bool,
) -> Iterable[tuple[Verdict, ...]]:
    """Yield each program's verdicts, drawing progress on the error stream."""
    from cards.prove.options import Options
    from cards.prove.prover import prove

    programs = tuple(programs)
    options = Options(
        workers=workers or os.cpu_count() or 1,
        today=setting.now().date().isoformat(),
        unconfined=unconfined,
        python=python,
    )
    with _display(programs, made, quiet=quiet) as watch:
        yield from prove(programs, options, watch)


class _display:  # noqa: N801 - used as a function
    """A bar on a terminal, a line before the work elsewhere, nothing where only the result is wanted."""

    def __init__(self, programs: tuple[Program, ...], made: Plan, *, quiet: bool) -> None:
        self._total = len(programs)
        self._titles: dict[str, str] = {question.slug: question.title for question in made.guide.questions}
        self._quiet = quiet
        self._live = not quiet and sys.stderr.isatty()
        self._running: list[str] = []

    def __enter__(self) -> Callable[[Event], None]:
        if not self._live:
            if not self._quiet:
                questions = "question" if self._total == 1 else "questions"
                print(f"Proving the code of {self._total} {questions} ...", file=sys.stderr)  # noqa: T201
            return lambda _event: None
        from rich.console import Console
        from rich.progress import (
            BarColumn,
            MofNCompleteColumn,
            Progress,
            SpinnerColumn,
            TextColumn,
            TimeElapsedColumn,
        )

        console = Console(stderr=True)
        self._progress = Progress(
            SpinnerColumn(),
            BarColumn(bar_width=min(24, max(8, console.width // 4))),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TextColumn("{task.description}", markup=False),
            console=console,
            transient=True,
        )
        self._task = self._progress.add_task("starting", total=self._total)
        self._progress.start()
        return self._event

    def __exit__(self, *_: object) -> None:
        if self._live:
            self._progress.stop()

    def _event(self, event: Event) -> None:
        from cards.prove.event import Confined, Importing, ProgramFinished, ProgramStarted

        match event:
            case Importing():
                self._say("importing TensorFlow")
            case Confined(level=level, sentence=sentence):
                if level != "full":
                    self._progress.console.print(sentence, style="yellow")
            case ProgramStarted(name=name):
                self._running.append(name)
                self._say(self._titles.get(self._running[-1], name))
            case ProgramFinished(name=name):
                if name in self._running:
                    self._running.remove(name)
                self._progress.advance(self._task)
                if self._running:
                    self._say(self._titles.get(self._running[-1], ""))
            case _:
                pass

    def _say(self, words: str) -> None:
        self._progress.update(self._task, description=words)
