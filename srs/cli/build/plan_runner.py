"""Run and measure the code of build plans, and show the progress."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import TYPE_CHECKING, Generic, Self, TypeVar

from cards.errors import ProofError
from srs.cli.build.prover_display import (
    DISPLAYING,
    MEASURING,
    OBSERVING,
    PROVING,
    READY,
    SILENT,
    ProverDisplay,
)
from srs.cli.trust.run_memory import RunMemory
from srs.cli.volume import is_quiet, tell_step
from srs.words import count

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from cards.build.pipeline import BuildPlan
    from cards.exercise.measurement import SnippetMeasurement
    from cards.program.displayed_code import DisplayedVerdict
    from cards.program.runtime import Runtime
    from cards.program.snippet import KerasFlavour, Snippet, SnippetName
    from cards.program.verdict import Verdict
    from cards.prove.client.options import Options
    from cards.prove.client.run_request import Recipe, Runnable
    from cards.prove.event import ProverEvent
    from cards.prove.measuring.measure import GapRequest, MeasureRequest, Observation
    from cards.prove.program_runner import ProgramRunner
    from cards.prove.prove_program import Proof, ProofRequest
    from cards.prove.run_displayed import DisplayRequest
    from srs.cli.build.guide_file import GuideFile
    from srs.cli.build.plan_runs import PlanRuns
    from srs.cli.context import CommandContext

KEEP_WARM_MINUTES = 10
"""How long TensorFlow stays imported for the next commands, where that is asked for."""

NEW_BLOCK_SECONDS = 0.3
"""What a block that never ran is expected to take: about what most of them do."""

NEW_TRAINING_SECONDS = 1.0
"""The same of one that trains a model."""

PROCESS_SECONDS = 0.06
"""What a process with TensorFlow takes before its first value is there."""

Work = TypeVar("Work", bound="Runnable")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class _Task(Generic[Work]):
    """A program to run, with the plan that it belongs to and the seconds that it is expected to take."""

    runs: PlanRuns
    work: Work
    seconds: float


class PlanRunner:
    """Runs the code of build plans. The process that has TensorFlow imported is started once, when needed."""

    def __init__(
        self,
        context: CommandContext,
        *,
        workers: int | None = None,
        unconfined: bool = False,
        python: str | None = None,
        keep_warm: bool = False,
        cluster: str | None = None,
        quiet: bool = False,
        is_dry: bool = False,
    ) -> None:
        self.context = context
        """Of the command that it runs for."""
        self._is_dry = is_dry
        self._keep_warm_minutes = KEEP_WARM_MINUTES if keep_warm else 0
        self._workers = workers
        self._unconfined = unconfined
        self._python = python
        self._cluster = cluster
        self._display = ProverDisplay(quiet=quiet or is_quiet())
        tell_step(f"code runs with {python or sys.executable}")
        self._prover: ProgramRunner | None = None

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
    def memory(self) -> RunMemory:
        """What was seen on this machine."""
        return RunMemory(self.context.home)

    @property
    def has_tensorflow(self) -> bool:
        """Whether TensorFlow is installed where the code runs."""
        return any(runtime.tensorflow for runtime in self.runtimes)

    def runnable(self, programs: Iterable[Work]) -> tuple[Work, ...]:
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

    def expect_code(self) -> None:
        """Begin to import TensorFlow, which takes seconds, while the guide is read whose code will run."""
        from cards.program.snippet import KerasFlavour
        from cards.prove.sandbox.conditions import RunConditions

        if self.has_tensorflow:
            self._started().start(RunConditions, [KerasFlavour.KERAS_3])

    def run(
        self, guide: GuideFile, plan: BuildPlan
    ) -> tuple[Sequence[Verdict], Sequence[SnippetMeasurement], Sequence[DisplayedVerdict]]:
        """Run and measure the plan's code, run what its cards display, and return what was seen.

        Where TensorFlow is not installed, what uses it is not run.
        """
        (runs,) = self.run_all([(guide, plan)])
        return runs.ran, runs.measured, runs.displayed

    def run_all(self, plans: Iterable[tuple[GuideFile, BuildPlan]]) -> tuple[PlanRuns, ...]:
        """Run and measure the code of several plans together, and return what was seen of each.

        What has run is in the locks within seconds, whatever happens next: Ctrl-C, a full disk, a refused
        deck.
        """
        all_runs = self.run_without_gaps(plans)
        self.find_gaps(all_runs)
        return all_runs

    def run_without_gaps(
        self, plans: Iterable[tuple[GuideFile, BuildPlan]], *, gaps: bool = True, ready: int = 0
    ) -> tuple[PlanRuns, ...]:
        """Run the code of several plans together, and return what two runs of each tell.

        Without `gaps`, nothing runs again of which nothing but gaps is unknown. So many cards are `ready` in
        a deck: whoever stops this has them.
        """
        from cards.build.pipeline import proof_requests

        all_runs = self._new_runs(plans)
        with self._telling_of(ready, "what ran is kept: the next build goes on from there."):
            requests = [(runs, request) for runs in all_runs for request in proof_requests(runs.plan)]
            self._prove(requests, _beside(ready, PROVING))
            self._observe(all_runs, gaps=gaps)
            self._run_displayed(all_runs)
        return all_runs

    def find_gaps(self, all_runs: Sequence[PlanRuns], ready: int = 0) -> None:
        """Find the gaps that are missing in what was seen of plans, and run the cards that ask for them.

        So many cards are `ready` in a deck: whoever stops this has them.
        """
        if not any(runs.gap_requests for runs in all_runs):
            return
        with self._telling_of(ready, "what was measured is kept: the next build looks for the other gaps."):
            self._find_gaps(all_runs, _beside(ready, MEASURING))
            self._run_displayed(all_runs)

    @contextmanager
    def _telling_of(self, ready: int, kept: str) -> Iterator[None]:
        """Say to whoever stops what is done meanwhile that there are cards, and what else is `kept`."""
        try:
            yield
        except KeyboardInterrupt:
            if ready:
                self._display.say(f"The cards that are ready are in the deck, and {kept}")
            raise

    def prove_all(
        self, plans: Iterable[tuple[GuideFile, BuildPlan]], *, keeps_incomplete: bool = True
    ) -> tuple[PlanRuns, ...]:
        """Prove the code of several plans together, and return what was seen of each; nothing is measured."""
        from cards.build.pipeline import proof_requests

        all_runs = self._new_runs(plans)
        for runs in all_runs:
            runs.keeps_incomplete = keeps_incomplete
        self._prove(
            [(runs, request) for runs in all_runs for request in proof_requests(runs.plan, is_measured=False)]
        )
        return all_runs

    def prove(self, guide: GuideFile, plan: BuildPlan, *, again: bool = False) -> dict[SnippetName, Verdict]:
        """Return the verdicts that count, after proving what has none; nothing is measured.

        Proofs of programs that cannot be run whole here are returned, and not kept.
        """
        plan_now = replace(plan, to_run=plan.programs) if again else plan
        (runs,) = self.prove_all([(guide, plan_now)], keeps_incomplete=False)
        return plan.verdicts | {verdict.snippet: verdict for verdict in runs.ran}

    def _new_runs(self, plans: Iterable[tuple[GuideFile, BuildPlan]]) -> tuple[PlanRuns, ...]:
        """Return plans of which nothing has run yet; where TensorFlow is missing, what uses it never will."""
        from srs.cli.build.plan_runs import PlanRuns

        return tuple(
            PlanRuns(guide, replace(plan, to_run=self.runnable(plan.to_run)), self.memory, self._is_dry)
            for guide, plan in plans
        )

    def _prove(self, requests: Sequence[tuple[PlanRuns, ProofRequest]], doing: str = PROVING) -> None:
        """Prove programs of plans, and keep what their runs showed."""
        took = {
            verdict.snippet: verdict.seconds
            for runs, _ in requests
            for verdict in runs.plan.lock.proofs.verdicts
        }
        from cards.prove.client.run_request import keras_of
        from cards.prove.prove_program import prove_as_asked

        def keep(runs: PlanRuns, request: ProofRequest, proof: Proof) -> None:
            runs.ran += proof.verdicts
            if proof.runs is not None:
                runs.proof_runs[request.name] = proof.runs

        self._run_phase(
            [
                _Task(runs, each, sum(took.get(one.name, _new_seconds(one)) for one in each.snippets))
                for runs, each in requests
            ],
            prove_as_asked,
            keep,
            doing,
            {keras_of(request.program) for _, request in requests},
        )

    def _observe(self, all_runs: Sequence[PlanRuns], *, gaps: bool) -> None:
        """Measure what two runs tell of the code that holds."""
        from cards.build.pipeline import measure_requests
        from cards.prove.measuring.measure import observe_program

        def keep(runs: PlanRuns, _: MeasureRequest, found: Observation) -> None:
            runs.measured += found.measurements
            runs.gap_requests += found.gap_requests

        tasks = [
            _Task(runs, each, 1.0)
            for runs in all_runs
            for each in self.runnable(measure_requests(runs.plan, runs.ran, runs.proof_runs, gaps=gaps))
        ]
        is_seen = all(each.work.runs for each in tasks)
        self._run_phase(tasks, observe_program, keep, SILENT if is_seen else OBSERVING)

    def _find_gaps(self, all_runs: Sequence[PlanRuns], doing: str) -> None:
        """Find the pieces of code that cards can ask for."""
        from cards.prove.measuring.measure import measure_gaps

        def keep(runs: PlanRuns, request: GapRequest, found: SnippetMeasurement) -> None:
            runs.gap_requests.remove(request)
            runs.measured.append(found)

        tasks = [_Task(runs, each, each.expected_seconds) for runs in all_runs for each in runs.gap_requests]
        self._run_phase(tasks, measure_gaps, keep, doing)

    def _run_displayed(self, all_runs: Sequence[PlanRuns]) -> None:
        """Run the code of cards as they display it."""
        from cards.prove.run_displayed import run_displayed

        def keep(runs: PlanRuns, _: DisplayRequest, verdicts: tuple[DisplayedVerdict, ...]) -> None:
            runs.displayed += verdicts

        tasks = [task for runs in all_runs for task in self._display_tasks(runs)]
        self._run_phase(tasks, run_displayed, keep, DISPLAYING)

    def _display_tasks(self, runs: PlanRuns) -> Iterator[_Task[DisplayRequest]]:
        """Yield the cards of each question to run; they take what their blocks took, and a process each."""
        from cards.build.pipeline import display_requests

        took = {verdict.snippet: verdict.seconds for verdict in (*runs.plan.verdicts.values(), *runs.ran)}
        requests = display_requests(runs.plan, runs.ran, runs.measured, runs.displayed)
        for request in self.runnable(requests):
            of_blocks = sum(took.get(snippet.name, 0.0) for snippet in request.snippets)
            yield _Task(runs, request, PROCESS_SECONDS * len(request.cards) + of_blocks)

    def _run_phase(
        self,
        tasks: Sequence[_Task[Work]],
        recipe: Recipe[Work, Result],
        keep: Callable[[PlanRuns, Work, Result], None],
        doing: str,
        flavours: Collection[KerasFlavour] = (),
    ) -> None:
        """Run all tasks by one recipe, and save what is kept of each every few seconds and at the end.

        The processes of the flavours are started before. What takes longest runs first, so that no core
        waits for it at the end.
        """
        if not tasks:
            return
        from cards.prove.sandbox.conditions import RunConditions
        from srs.cli.build.plan_runs import LockSaver

        titles: dict[str, str] = {
            question.slug: question.title for task in tasks for question in task.runs.plan.guide.questions
        }
        runs_of = {id(task.work): task.runs for task in tasks}
        saver = LockSaver()
        try:
            with self._display.of([(task.work.name, task.seconds) for task in tasks], titles, doing):
                prover = self._started()
                prover.start(RunConditions, flavours)
                longest_first = sorted(tasks, key=lambda task: -task.seconds)
                for work, result in prover.run([task.work for task in longest_first], recipe):
                    runs = runs_of[id(work)]
                    keep(runs, work, result)
                    saver.add(runs)
        finally:
            saver.save()

    def _started(self) -> ProgramRunner:
        if self._prover is None:
            from cards.prove.client.options import Options

            options = Options(
                workers=self._workers or os.cpu_count() or 1,
                today=self.context.now().date().isoformat(),
                unconfined=self._unconfined,
                python=self._python,
                keep_warm_minutes=self._keep_warm_minutes,
            )
            if self._cluster is None:
                from cards.prove.prover import Prover

                self._prover = Prover(options, self._display.event)
            else:
                self._prover = _cluster_prover(self._cluster, options, self._display.event)
        return self._prover


def _new_seconds(snippet: Snippet) -> float:
    """Return what a block that never ran is expected to take."""
    return NEW_TRAINING_SECONDS if ".fit(" in snippet.source else NEW_BLOCK_SECONDS


def _beside(ready: int, doing: str) -> str:
    """Return what is done in words, with how many cards are ready before it; none are where that is 0."""
    cards = count(ready, "card is", "cards are")
    return f"{cards}{READY}{doing[:1].lower()}{doing[1:]}" if ready else doing


def _cluster_prover(address: str, options: Options, watch: Callable[[ProverEvent], None]) -> ProgramRunner:
    try:
        from cards.prove.cluster.cluster_prover import ClusterProver
    except ModuleNotFoundError as error:
        if error.name and error.name.partition(".")[0] in {"distributed", "dask"}:
            raise ProofError(
                "Dask is not installed. Install it with `pip install 'proofdeck[cluster]'`."
            ) from None
        raise
    return ClusterProver(address, options, watch)
