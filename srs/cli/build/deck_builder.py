"""From a guide on disk to a built deck, with what runs shown while it runs."""

from __future__ import annotations

import gc
import os
import sys
from functools import cache, cached_property
from typing import TYPE_CHECKING, Self

from cards.build.incremental import IncrementalPlan, IncrementalResult, finish_incremental, plan_incremental
from cards.build.pipeline import (
    BuildPlan,
    BuildResult,
    add_proofs,
    finish_build,
    plan_build,
    subjects_to_measure,
)
from cards.lock.lock import lock_text

if TYPE_CHECKING:
    from cards.build.cache import BuildCache
    from cards.exercise.measurement import SnippetMeasurement
    from cards.lock.lock import Lock, UnparsedLock
    from cards.program.runtime import Runtime
    from cards.program.verdict import Verdict
    from cards.prove.event import ProverEvent
    from cards.prove.prover import Prover
    from srs.cli.build.guide_file import GuideFile
    from srs.cli.context import CommandContext


KEEP_WARM_MINUTES = 10
"""How long TensorFlow stays imported for the next commands, where that is asked for."""

NEW_BLOCK_SECONDS = 0.3
"""What a block that never ran is expected to take: about what most of them do."""


PROVING = "Proving the code of"
MEASURING = "Finding what the cards can ask about the code of"


class DeckBuilder:
    """Makes decks. The process that has TensorFlow imported is started when it is needed, and then kept."""

    def __init__(
        self,
        setting: CommandContext,
        *,
        workers: int | None = None,
        unconfined: bool = False,
        python: str | None = None,
        keep_warm_minutes: int = 0,
        quiet: bool = False,
    ) -> None:
        self._context = setting
        self._keep_warm_minutes = keep_warm_minutes
        self._workers = workers
        self._unconfined = unconfined
        self._python = python
        self._display = ProverDisplay(quiet=quiet)
        self._prover: Prover | None = None

    def __enter__(self) -> Self:
        # A build makes millions of values and no cycles: looking for those took half of its time.
        gc.disable()
        return self

    def __exit__(self, *_: object) -> None:
        gc.enable()
        if self._prover is not None:
            self._prover.close()
            self._prover = None

    @cached_property
    def runtimes(self) -> frozenset[Runtime]:
        """The versions that code runs with here, one for each flavour of Keras; empty without TensorFlow."""
        from dataclasses import replace

        from cards.prove.client.installed_versions import installed_runtime, keras_2_version

        runtime = installed_runtime(self._python)
        if runtime is None:
            return frozenset()
        older = keras_2_version(self._python)
        return frozenset({runtime, replace(runtime, keras=older)} if older else {runtime})

    def plan(self, guide: GuideFile, lock: Lock | None) -> BuildPlan:
        """Return the guide's cards and what has to run under the versions that are installed here."""
        from cards.prove.client.installed_versions import package_version

        return plan_build(guide.text(), guide.shown, lock, self.runtimes, cache(package_version))

    def build(self, guide: GuideFile, made: BuildPlan, *, include_failing: bool = False) -> BuildResult:
        """Run what has to run and return the built deck; without TensorFlow nothing runs.

        What has run is in the lock at once, whatever happens next: Ctrl-C, a full disk, a refused deck.
        """
        return finish_build(made, *self._run_and_measure(guide, made), include_failing=include_failing)

    def revise(
        self, guide: GuideFile, lock: Lock | UnparsedLock | None, memory: BuildCache
    ) -> IncrementalPlan:
        """Do the same as `plan_build` with what can be taken over from the last build."""
        from cards.prove.client.installed_versions import package_version

        return plan_incremental(
            guide.text(), guide.shown, lock, memory, self.runtimes, cache(package_version)
        )

    def finish(
        self, guide: GuideFile, revision: IncrementalPlan, *, include_failing: bool = False
    ) -> IncrementalResult:
        """Do the same as `build`."""
        return finish_incremental(
            revision, *self._run_and_measure(guide, revision.plan), include_failing=include_failing
        )

    def _run_and_measure(
        self, guide: GuideFile, made: BuildPlan
    ) -> tuple[list[Verdict], int, list[SnippetMeasurement]]:
        """Return what ran, when that was in seconds since 1970, and what was measured."""
        ran = self._run(guide, made) if self.runtimes and made.to_run else []
        measured = self._measure(guide, made, ran) if self.runtimes else []
        return ran, int(self._context.now().timestamp()), measured

    def _run(self, guide: GuideFile, made: BuildPlan) -> list[Verdict]:
        titles: dict[str, str] = {question.slug: question.title for question in made.guide.questions}
        took = {verdict.snippet: verdict.seconds for verdict in made.lock.proofs}
        expected = {
            program.name: sum(took.get(snippet.name, NEW_BLOCK_SECONDS) for snippet in program.snippets)
            for program in made.to_run
        }
        from cards.prove.prove_program import prove_program

        ran: list[Verdict] = []
        try:
            with self._display.of(expected, titles):
                for _, verdicts in self._started().run(made.to_run, prove_program):
                    ran += verdicts
        finally:
            if ran and self._python is None:
                self._write_proofs(guide, made, ran, [])
        return ran

    def _measure(self, guide: GuideFile, made: BuildPlan, ran: list[Verdict]) -> list[SnippetMeasurement]:
        """Find out what cards can ask of the code that holds; kept in the lock like what has run."""
        subjects = subjects_to_measure(made, ran)
        if not subjects:
            return []
        titles: dict[str, str] = {question.slug: question.title for question in made.guide.questions}
        from cards.prove.measure import measure

        measured: list[SnippetMeasurement] = []
        try:
            with self._display.of(dict.fromkeys([each.name for each in subjects], 1.0), titles, MEASURING):
                for _, found in self._started().run(subjects, measure):
                    measured += found
        finally:
            if measured and self._python is None:
                self._write_proofs(guide, made, ran, measured)
        return measured

    @staticmethod
    def _write_proofs(
        guide: GuideFile, made: BuildPlan, ran: list[Verdict], measured: list[SnippetMeasurement]
    ) -> None:
        # A revision's plan knows only a part of the lock.
        guide.write_lock(lock_text(add_proofs(guide.lock() or made.lock, ran, measured)))

    def _started(self) -> Prover:
        if self._prover is None:
            from cards.prove.client.options import Options
            from cards.prove.prover import Prover

            options = Options(
                workers=self._workers or os.cpu_count() or 1,
                today=self._context.now().date().isoformat(),
                unconfined=self._unconfined,
                python=self._python,
                keep_warm_minutes=self._keep_warm_minutes,
            )
            self._prover = Prover(options, self._display.event)
        return self._prover


class ProverDisplay:
    """A bar on a terminal, a line before the work elsewhere, nothing where only the result is wanted."""

    def __init__(self, *, quiet: bool) -> None:
        self._quiet = quiet
        self._live = not quiet and sys.stderr.isatty()
        self._running: list[str] = []
        self._done = 0
        self._doing = PROVING
        self._titles: dict[str, str] = {}
        self._expected: dict[str, float] = {}

    def of(self, expected: dict[str, float], titles: dict[str, str], doing: str = PROVING) -> Self:
        """Return the display, to be entered, of programs with the seconds that each is expected to take."""
        self._doing = doing
        self._expected = expected
        self._titles = titles
        self._done = 0
        return self

    def __enter__(self) -> Self:
        total = len(self._expected)
        if not self._live:
            if not self._quiet:
                questions = "1 question" if total == 1 else f"{total} questions"
                print(f"{self._doing} {questions} ...", file=sys.stderr)  # noqa: T201
            return self
        from rich.console import Console
        from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeRemainingColumn

        console = Console(stderr=True)
        self._progress = Progress(
            SpinnerColumn(),
            BarColumn(bar_width=min(24, max(8, console.width // 4))),
            TextColumn("{task.fields[done]}/{task.fields[of]}"),
            TimeRemainingColumn(compact=True),
            TextColumn("{task.description}", markup=False),
            console=console,
            transient=True,
        )
        seconds = sum(self._expected.values())
        self._task = self._progress.add_task(
            "measuring" if self._doing is MEASURING else "starting", total=seconds, done=0, of=total
        )
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._live:
            self._progress.stop()

    def event(self, event: ProverEvent) -> None:
        """Show what happens."""
        from cards.program.confinement import Confinement
        from cards.program.snippet import KerasFlavour
        from cards.prove.event import ConfinementChosen, ImportStarted, ProgramFinished, ProgramStarted

        if isinstance(event, ConfinementChosen) and event.level is not Confinement.FULL and not self._quiet:
            self._print_sentence(event.sentence)
        if not self._live:
            return
        match event:
            case ImportStarted(keras=keras):
                flavour = "" if keras is KerasFlavour.KERAS_3 else " with Keras 2"
                self._set_description(f"importing TensorFlow{flavour}")
            case ProgramStarted(name=name):
                self._running.append(name)
                self._set_description(self._titles.get(name, name))
            case ProgramFinished(name=name):
                self._running = [other for other in self._running if other != name]
                self._done += 1
                self._progress.update(self._task, advance=self._expected.get(name, 0.0), done=self._done)
                if self._running:
                    self._set_description(self._titles.get(self._running[-1], ""))
            case _:
                pass

    def _print_sentence(self, sentence: str) -> None:
        if self._live:
            self._progress.console.print(sentence, style="yellow", markup=False)
        else:
            print(sentence, file=sys.stderr)  # noqa: T201

    def _set_description(self, words: str) -> None:
        self._progress.update(self._task, description=words)
