"""Run and measure the code of build plans, and show the progress."""

from __future__ import annotations

import gc
import os
from dataclasses import replace
from functools import cache, cached_property
from typing import TYPE_CHECKING, Self, TypeVar

from cards.build.pipeline import display_requests, measure_requests
from cards.build.runs import add_proofs
from cards.lock.lock import lock_text
from srs.cli.build.prover_display import DISPLAYING, MEASURING, ProverDisplay

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from cards.build.pipeline import BuildPlan
    from cards.exercise.measurement import SnippetMeasurement
    from cards.program.displayed_code import DisplayedVerdict
    from cards.program.runtime import Runtime
    from cards.program.snippet import SnippetName
    from cards.program.verdict import Verdict
    from cards.prove.client.run_request import Runnable
    from cards.prove.client.transcript import Transcript
    from cards.prove.prover import Prover
    from srs.cli.build.guide_file import GuideFile
    from srs.cli.context import CommandContext

_Work = TypeVar("_Work", bound="Runnable")

KEEP_WARM_MINUTES = 10
"""How long TensorFlow stays imported for the next commands, where that is asked for."""

NEW_BLOCK_SECONDS = 0.3
"""What a block that never ran is expected to take: about what most of them do."""


class PlanRunner:
    """Runs the code of build plans. The process that has TensorFlow imported is started once, when needed."""

    def __init__(
        self,
        context: CommandContext,
        *,
        workers: int | None = None,
        unconfined: bool = False,
        python: str | None = None,
        keep_warm_minutes: int = 0,
        quiet: bool = False,
    ) -> None:
        self._context = context
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
        """The versions that code runs with here: for each flavour of Keras, and without TensorFlow."""
        from cards.prove.client.installed_versions import keras_2_version, runtime_of

        runtime = runtime_of(self._python)
        plain = replace(runtime, tensorflow="", keras="")
        older = keras_2_version(self._python) if runtime.tensorflow else ""
        return frozenset({plain, runtime, replace(runtime, keras=older)} if older else {plain, runtime})

    @property
    def has_tensorflow(self) -> bool:
        """Whether TensorFlow is installed where the code runs."""
        return any(runtime.tensorflow for runtime in self.runtimes)

    def runnable(self, programs: Iterable[_Work]) -> tuple[_Work, ...]:
        """Return what can run here of some programs: without TensorFlow, what does not use it."""
        from cards.program.tensorflow_use import uses_tensorflow

        if self.has_tensorflow:
            return tuple(programs)
        return tuple(each for each in programs if not uses_tensorflow(each.snippets))

    @property
    def version_of(self) -> Callable[[str], str]:
        """Function that returns the version of a package where the code runs."""
        from cards.prove.client.installed_versions import package_versions

        return cache(lambda name: package_versions(frozenset({name}), self._python)[name])

    def run(
        self, guide: GuideFile, plan: BuildPlan
    ) -> tuple[Sequence[Verdict], Sequence[SnippetMeasurement], Sequence[DisplayedVerdict]]:
        """Run and measure the plan's code, run what its cards display, and return what was seen.

        Where TensorFlow is not installed, what uses it is not run. What has run is in the lock at once,
        whatever happens next: Ctrl-C, a full disk, a refused deck.
        """
        plan = replace(plan, to_run=self.runnable(plan.to_run))
        second_runs: dict[str, Transcript] = {}
        ran = self._run(guide, plan, second_runs) if plan.to_run else []
        measured = self._measure(guide, plan, ran, second_runs)
        return ran, measured, self._run_displayed(guide, plan, ran, measured)

    def prove(self, guide: GuideFile, plan: BuildPlan, *, again: bool = False) -> dict[SnippetName, Verdict]:
        """Return the verdicts that count, after proving what has none; nothing is measured."""
        to_run = self.runnable(plan.programs if again else plan.to_run)
        plan = replace(plan, to_run=to_run)
        ran = self._run(guide, plan, {}) if to_run else []
        return plan.verdicts | {verdict.snippet: verdict for verdict in ran}

    def _run(self, guide: GuideFile, plan: BuildPlan, second_runs: dict[str, Transcript]) -> list[Verdict]:
        """Prove the plan's programs, keep the verdicts in the lock, and add what second runs showed."""
        titles: dict[str, str] = {question.slug: question.title for question in plan.guide.questions}
        took = {verdict.snippet: verdict.seconds for verdict in plan.lock.proofs.verdicts}
        expected = {
            program.name: sum(took.get(snippet.name, NEW_BLOCK_SECONDS) for snippet in program.snippets)
            for program in plan.to_run
        }
        from cards.prove.client.run_request import keras_of
        from cards.prove.prove_program import prove_and_observe
        from cards.prove.sandbox.conditions import RunConditions

        ran: list[Verdict] = []
        try:
            with self._display.of(expected, titles):
                prover = self._started()
                prover.start(RunConditions, {keras_of(program) for program in plan.to_run})
                for program, proof in prover.run(plan.to_run, prove_and_observe):
                    ran += proof.verdicts
                    if proof.second is not None:
                        second_runs[program.name] = proof.second
        finally:
            if ran:
                self._write_proofs(guide, plan, ran, [])
        return ran

    def _measure(
        self,
        guide: GuideFile,
        plan: BuildPlan,
        ran: list[Verdict],
        second_runs: dict[str, Transcript],
    ) -> list[SnippetMeasurement]:
        """Measure what cards can ask about the code that holds, and keep the measurements in the lock."""
        requests = self.runnable(measure_requests(plan, ran, second_runs))
        if not requests:
            return []
        titles: dict[str, str] = {question.slug: question.title for question in plan.guide.questions}
        from cards.prove.measuring.measure import measure

        measured: list[SnippetMeasurement] = []
        try:
            with self._display.of(dict.fromkeys([each.name for each in requests], 1.0), titles, MEASURING):
                for _, found in self._started().run(requests, measure):
                    measured += found
        finally:
            if measured:
                self._write_proofs(guide, plan, ran, measured)
        return measured

    def _run_displayed(
        self, guide: GuideFile, plan: BuildPlan, ran: list[Verdict], measured: list[SnippetMeasurement]
    ) -> list[DisplayedVerdict]:
        """Run the code of cards as they display it, and keep what was seen in the lock."""
        requests = self.runnable(display_requests(plan, ran, measured))
        if not requests:
            return []
        titles: dict[str, str] = {question.slug: question.title for question in plan.guide.questions}
        expected = {each.name: NEW_BLOCK_SECONDS * len(each.cards) for each in requests}
        from cards.prove.run_displayed import run_displayed

        displayed: list[DisplayedVerdict] = []
        try:
            with self._display.of(expected, titles, DISPLAYING):
                for _, verdicts in self._started().run(requests, run_displayed):
                    displayed += verdicts
        finally:
            if displayed:
                self._write_proofs(guide, plan, ran, measured, displayed)
        return displayed

    @staticmethod
    def _write_proofs(
        guide: GuideFile,
        plan: BuildPlan,
        ran: list[Verdict],
        measured: list[SnippetMeasurement],
        displayed: Sequence[DisplayedVerdict] = (),
    ) -> None:
        # With a cache, the plan knows only a part of the lock.
        guide.write_lock(
            lock_text(add_proofs(guide.lock() or plan.lock, ran, measured, displayed, plan.programs))
        )

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
