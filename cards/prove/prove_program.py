"""Decides which runs a program needs, and the verdicts that follow from them.

`prove_program` is a generator: it yields requests, is sent their reports, and returns the verdicts. A prover
runs the requests.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from cards.program.confinement import Confinement
from cards.program.snippet import KerasFlavour
from cards.prove.client.run_request import RunRequest, keras_of
from cards.prove.client.transcript import read_report
from cards.prove.decide.alone import doubtful_blocks
from cards.prove.decide.evidence import Evidence
from cards.prove.decide.not_run import reasons_not_run
from cards.prove.decide.second_run import is_worth_keeping_going, may_run_under_keras_2
from cards.prove.decide.verdicts import decide_verdicts
from cards.prove.process.protocol import RunMode
from cards.prove.sandbox.conditions import RunConditions
from cards.prove.sandbox.refusal import NO_PRIVATE_NETWORK

if TYPE_CHECKING:
    from cards.program.program import Program
    from cards.program.snippet import Snippet
    from cards.program.verdict import Verdict
    from cards.prove.client.run_request import ProverContext, Runs
    from cards.prove.client.transcript import Transcript

_PATIENCE_SECONDS = 3.0
_PATIENCE_FACTOR = 3.0


@dataclass(frozen=True, slots=True)
class ProofRequest:
    """A program to be proved."""

    program: Program
    is_measured: bool
    """Something will be measured of it once it has run."""

    @property
    def name(self) -> str:
        """The program's name."""
        return self.program.name

    @property
    def snippets(self) -> tuple[Snippet, ...]:
        """The program's snippets."""
        return self.program.snippets


class Proof(NamedTuple):
    """The verdicts on a program, and what its two runs showed."""

    verdicts: tuple[Verdict, ...]
    runs: tuple[Transcript, Transcript] | None = None
    """With all values, for who measures the program next; None where there was no second run, or where some
    snippets had to be left out."""


def prove_program(program: Program, context: ProverContext) -> Runs[tuple[Verdict, ...]]:
    """Run a program as often as its verdicts need; twice where nothing fails."""
    return (yield from _prove(program, context, captures=False)).verdicts


def prove_as_asked(request: ProofRequest, context: ProverContext) -> Runs[Proof]:
    """Prove a program; look at all values that its runs leave, if it is to be measured."""
    return (yield from _prove(request.program, context, captures=request.is_measured))


def _prove(program: Program, context: ProverContext, *, captures: bool) -> Runs[Proof]:
    snippets = program.snippets
    everything = frozenset(range(len(snippets)))
    not_run = reasons_not_run(program, context)
    running = everything - not_run.keys()
    only_fixtures = all(snippet.role.is_setup for snippet in snippets)
    if not only_fixtures and all(snippets[position].role.is_setup for position in running):
        running = frozenset()
    evidence = Evidence(program, context, not_run)
    if not running:
        return Proof(decide_verdicts(evidence))
    keras = keras_of(program, everything - running)
    request = RunRequest(program, keras, RunMode.STOP_AT_ERROR, everything - running, captures=captures)
    stopped: dict[int, Transcript] = {}
    while True:
        report = yield request
        if NO_PRIVATE_NETWORK in report["trouble"]:
            context = replace(context, private_network=False)
            return (yield from _prove(program, context, captures=captures))
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
    if everything - request.not_run - set(evidence.failing):
        evidence = replace(evidence, second=(yield from _run_again(request, transcript.seconds)))
    evidence = replace(evidence, alone=(yield from _run_alone(evidence, request)))
    # Where every snippet ended its process there is nothing left to keep going with.
    if evidence.failing and request.not_run != everything:
        if is_worth_keeping_going(evidence):
            again = replace(request, mode=RunMode.KEEP_GOING)
            evidence = replace(evidence, keep_going=read_report((yield again), again))
        is_stale = any(may_run_under_keras_2(evidence, position) for position in evidence.failing)
        if keras is KerasFlavour.KERAS_3 and context.keras_2 and is_stale:
            older = replace(request, keras=KerasFlavour.KERAS_2)
            evidence = replace(evidence, under_keras_2=read_report((yield older), older))
    runs = (transcript, evidence.second) if evidence.second and not stopped else None
    return Proof(decide_verdicts(evidence), runs)


def _run_again(request: RunRequest, first_seconds: float) -> Runs[Transcript]:
    """Run a program with another seed and under the second conditions.

    Native code that waits until a time of this machine's clock never meets that of another. So a snippet gets
    not much longer than the whole program took, and where that is not enough the clock stays as it is.
    """
    patience = _PATIENCE_SECONDS + _PATIENCE_FACTOR * first_seconds
    again = replace(request, seed=1, conditions=RunConditions.SECOND, most_seconds=patience)
    transcript = read_report((yield again), again)
    if not transcript.finished:
        again = replace(again, moves_clock=False, most_seconds=math.inf)
        transcript = read_report((yield again), again)
    return transcript


def _run_alone(evidence: Evidence, request: RunRequest) -> Runs[dict[int, Transcript]]:
    """Run each block that those above it may change without them."""
    found = {}
    for position, others in doubtful_blocks(evidence).items():
        alone = replace(request, not_run=request.not_run | others)
        found[position] = read_report((yield alone), alone)
    return found
