"""From a guide on disk to a built deck, with what runs shown while it runs."""

from __future__ import annotations

import os
import sys
from functools import cache, cached_property
from typing import TYPE_CHECKING, Self

from cards.deck import Built, Plan, finish, plan, with_proofs

if TYPE_CHECKING:
    from cards.lock import Lock
    from cards.prove.event import Event
    from cards.prove.prover import Prover
    from cards.snippet import Program, Runtime, Verdict
    from srs.cli.guide_file import GuideFile
    from srs.cli.setting import Setting


class Workshop:
    """Makes decks. The process that has TensorFlow imported is started when it is needed, and then kept."""

    def __init__(
        self,
        setting: Setting,
        *,
        workers: int | None = None,
        unconfined: bool = False,
        python: str | None = None,
        quiet: bool = False,
    ) -> None:
        self._setting = setting
        self._workers = workers
        self._unconfined = unconfined
        self._python = python
        self._display = Display(quiet=quiet)
        self._prover: Prover | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._prover is not None:
            self._prover.close()
            self._prover = None

    @cached_property
    def runtimes(self) -> frozenset[Runtime]:
        """The versions that code runs with here, one for each flavour of Keras; empty without TensorFlow."""
        from dataclasses import replace

        from cards.prove.runtime import installed_runtime, keras_2_version

        runtime = installed_runtime(self._python)
        if runtime is None:
            return frozenset()
        older = keras_2_version(self._python)
        return frozenset({runtime, replace(runtime, keras=older)} if older else {runtime})

    def plan(self, guide: GuideFile, lock: Lock | None) -> Plan:
        """Return the guide's cards and what has to run under the versions that are installed here."""
        from cards.prove.runtime import package_version

        return plan(guide.text(), guide.shown, lock, self.runtimes, cache(package_version))

    def build(self, guide: GuideFile, made: Plan) -> Built:
        """Run what has to run and return the built deck; without TensorFlow nothing runs.

        What has run is in the lock at once, whatever happens next: Ctrl-C, a full disk, a refused deck.
        """
        ran = self._run(guide, made) if self.runtimes and made.to_run else []
        return finish(made, ran, int(self._setting.now().timestamp()))

    def _run(self, guide: GuideFile, made: Plan) -> list[Verdict]:
        titles: dict[str, str] = {question.slug: question.title for question in made.guide.questions}
        ran: list[Verdict] = []
        try:
            with self._display.of(made.to_run, titles):
                for verdicts in self._started().prove(made.to_run):
                    ran += verdicts
        finally:
            if ran and self._python is None:
                guide.write_lock(with_proofs(made, ran))
        return ran

    def _started(self) -> Prover:
        if self._prover is None:
            from cards.prove.prover import Options, Prover

            options = Options(
                workers=self._workers or os.cpu_count() or 1,
                today=self._setting.now().date().isoformat(),
                unconfined=self._unconfined,
                python=self._python,
            )
            self._prover = Prover(options, self._display.event)
        return self._prover


class Display:
    """A bar on a terminal, a line before the work elsewhere, nothing where only the result is wanted."""

    def __init__(self, *, quiet: bool) -> None:
        self._quiet = quiet
        self._live = not quiet and sys.stderr.isatty()
        self._running: list[str] = []
        self._titles: dict[str, str] = {}

    def of(self, programs: tuple[Program, ...], titles: dict[str, str]) -> Self:
        """Return the display of these programs, to be entered."""
        self._total = len(programs)
        self._titles = titles
        return self

    def __enter__(self) -> Self:
        if not self._live:
            if not self._quiet:
                questions = "1 question" if self._total == 1 else f"{self._total} questions"
                print(f"Proving the code of {questions} ...", file=sys.stderr)  # noqa: T201
            return self
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
        return self

    def __exit__(self, *_: object) -> None:
        if self._live:
            self._progress.stop()

    def event(self, event: Event) -> None:
        """Show what happens."""
        from cards.prove.event import Confined, Importing, ProgramFinished, ProgramStarted

        if isinstance(event, Confined) and event.level != "full" and not self._quiet:
            self._tell(event.sentence)
        if not self._live:
            return
        match event:
            case Importing(keras=keras):
                self._say("importing TensorFlow" if keras == 3 else "importing TensorFlow with Keras 2")
            case ProgramStarted(name=name):
                self._running.append(name)
                self._say(self._titles.get(name, name))
            case ProgramFinished(name=name):
                self._running = [other for other in self._running if other != name]
                self._progress.advance(self._task)
                if self._running:
                    self._say(self._titles.get(self._running[-1], ""))
            case _:
                pass

    def _tell(self, sentence: str) -> None:
        if self._live:
            self._progress.console.print(sentence, style="yellow", markup=False)
        else:
            print(sentence, file=sys.stderr)  # noqa: T201

    def _say(self, words: str) -> None:
        self._progress.update(self._task, description=words)
