"""Decides which runs a program needs, and the verdicts that follow from them.

`prove_program` is a generator: it yields requests, is sent their reports, and returns the verdicts. A prover
runs the requests.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cards.program.confinement import Confinement
from cards.program.snippet import KerasFlavour
from cards.program.verdict import Outcome, Verdict
from cards.prove.client.run_request import RunRequest, keras_of
from cards.prove.client.transcript import read_report
from cards.prove.decide.alone import doubtful_blocks
from cards.prove.decide.classify import classify
from cards.prove.decide.evidence import Evidence
from cards.prove.decide.not_run import reasons_not_run
from cards.prove.decide.verdicts import decide_verdicts
from cards.prove.process.protocol import RunMode
from cards.prove.sandbox.refusal import NO_PRIVATE_NETWORK

if TYPE_CHECKING:
    from cards.program.program import Program
    from cards.prove.client.run_request import ProverContext, Runs
    from cards.prove.client.transcript import Transcript

_CHANGED_API_ERRORS = frozenset(
    {"AttributeError", "ImportError", "TypeError", "ValueError", "NotImplementedError"}
)
"""What code written for an older interface raises; nothing else is tried again under Keras 2."""


def prove_program(program: Program, context: ProverContext) -> Runs[tuple[Verdict, ...]]:
    """Run a program as often as its verdicts need; once where nothing fails."""
    snippets = program.snippets
    everything = frozenset(range(len(snippets)))
    not_run = reasons_not_run(program, context)
    running = everything - not_run.keys()
    only_fixtures = all(snippet.role.is_setup for snippet in snippets)
    if not only_fixtures and all(snippets[position].role.is_setup for position in running):
        running = frozenset()
    evidence = Evidence(program, context, not_run)
    if not running:
        return decide_verdicts(evidence)
    keras = keras_of(program, everything - running)
    request = RunRequest(program, keras, RunMode.STOP_AT_ERROR, everything - running)
    stopped: dict[int, Transcript] = {}
    while True:
        report = yield request
        if NO_PRIVATE_NETWORK in report["trouble"]:
            return (yield from prove_program(program, replace(context, private_network=False)))
        transcript = read_report(report, request)
        if transcript.finished or transcript.blamed in request.not_run:
            break
        # The verdict of what ended the process comes from this run; the others' from a run without it.
        stopped[transcript.blamed] = transcript
        request = replace(request, not_run=request.not_run | {transcript.blamed})
        if request.not_run == everything:
            break
    evidence = replace(
        evidence,
        keras=keras,
        confinement=Confinement(report["confinement"]),
        stopped=stopped,
        transcript=transcript,
    )
    evidence = replace(evidence, alone=(yield from _run_alone(evidence, request)))
    # Where every snippet ended its process there is nothing left to keep going with.
    if evidence.failing and request.not_run != everything:
        again = replace(request, mode=RunMode.KEEP_GOING)
        evidence = replace(evidence, keep_going=read_report((yield again), again))
        if keras is KerasFlavour.KERAS_3 and context.keras_2 and _may_be_stale(evidence):
            older = replace(request, keras=KerasFlavour.KERAS_2)
            evidence = replace(evidence, under_keras_2=read_report((yield older), older))
    return decide_verdicts(evidence)


def _run_alone(evidence: Evidence, request: RunRequest) -> Runs[dict[int, Transcript]]:
    """Run each block that those above it may change without them."""
    found = {}
    for position, others in doubtful_blocks(evidence).items():
        alone = replace(request, not_run=request.not_run | others)
        found[position] = read_report((yield alone), alone)
    return found


def _may_be_stale(evidence: Evidence) -> bool:
    for position in evidence.failing:
        error = evidence.first_error(position)
        is_changed = error is not None and bool(_CHANGED_API_ERRORS & {error.type, *error.class_names})
        if error is not None and is_changed and classify(error).outcome is Outcome.FAILED:
            return True
    return False
