"""From what was seen of a program to one verdict a snippet."""

from __future__ import annotations

import signal
from dataclasses import replace
from typing import TYPE_CHECKING

from cards.program import packages_of
from cards.prove import names
from cards.prove.claims import unmet
from cards.prove.classify import classify
from cards.prove.errand import guide_line, place, shortenings
from cards.prove.qualify import notes
from cards.prove.words import in_words, told
from cards.snippet import Outcome, Role, Verdict, proof_key
from cards.syntax import tree_of

if TYPE_CHECKING:
    from cards.prove.errand import Surroundings
    from cards.prove.evidence import Evidence
    from cards.prove.transcript import Flaw, PieceRun, Transcript
    from cards.snippet import Snippet

_OUTPUT_LENGTH = 20_000
_STOPPED = {
    "timed out": (
        Outcome.TIMED_OUT,
        "It was still running after {seconds:g} seconds. Make it shorter, or say `timeout=` or `shrink=`.",
    ),
    "memory": (Outcome.MEMORY_LIMIT, "It held more than {memory:g} GB of memory. Use smaller shapes."),
    "output": (Outcome.OUTPUT_LIMIT, "It printed more than {output:g} MB. Print less."),
    "disk": (Outcome.DISK_LIMIT, "It wrote more than {disk:g} MB. Write less."),
    "tasks": (Outcome.DID_NOT_FINISH, "It started more than {tasks} threads or processes. Start fewer."),
}
_SIGNALS = {
    4: "an illegal instruction",
    6: "an abort",
    7: "a bus error",
    8: "an arithmetic fault",
    9: "being killed from outside",
    11: "a segmentation fault",
}


def left_alone(snippet: Snippet, surroundings: Surroundings) -> tuple[Outcome, str] | None:
    """Return why a snippet is not run; None for one that is."""
    directives = snippet.directives
    if directives.skip:
        return Outcome.NOT_RUN, f"Left alone: {directives.skip}"
    if directives.no_run:
        tree = tree_of(snippet.source)
        if tree is None and not directives.syntax_error:
            return Outcome.SYNTAX_ERROR, f"Not run ({directives.no_run}), and it does not parse either."
        return Outcome.NOT_RUN, f"Not run: {directives.no_run}"
    for required in directives.requires:
        kind, _, name = required.partition(":")
        if kind == "package" and not surroundings.packages.get(name):
            return (
                Outcome.NEEDS,
                f"Needs the package {name}. Install it where the code runs, then prove again.",
            )
        if kind in {"network", "service", "tpu"} or (kind == "gpu" and not surroundings.has_gpu):
            return Outcome.NEEDS, f"Needs {_REQUIRED[kind]}, so it was not run."
    if directives.loopback and not surroundings.private_network:
        return (
            Outcome.NEEDS,
            "Needs a private 127.0.0.1, which this machine does not allow, so it was not run.",
        )
    if directives.keras == 2 and not surroundings.keras_2:
        return Outcome.NEEDS, "Needs Keras 2. Install the package tf-keras, then prove again."
    return None


_REQUIRED = {
    "network": "the network, which code has none of here",
    "service": "a service that runs elsewhere",
    "tpu": "a TPU",
    "gpu": "a GPU",
}


def judge(evidence: Evidence) -> tuple[Verdict, ...]:
    """Return one verdict a snippet, in order."""
    verdicts = [_verdict(evidence, position) for position in range(len(evidence.program.snippets))]
    for position, snippet in enumerate(evidence.program.snippets):
        verdict = verdicts[position]
        if (
            snippet.role is Role.CHECK
            and not verdict.outcome.holds
            and verdict.outcome is not Outcome.NOT_RUN
        ):
            shown = _shown_above(evidence, position)
            if shown is not None and verdicts[shown].outcome.holds:
                sentence = f"Its hidden check fails: {verdict.sentence}"
                verdicts[shown] = replace(
                    verdicts[shown], outcome=verdict.outcome, sentence=sentence, line=verdict.line
                )
    return tuple(verdicts)


def _shown_above(evidence: Evidence, position: int) -> int | None:
    snippets = evidence.program.snippets
    return next((p for p in range(position - 1, -1, -1) if snippets[p].role is Role.SHOWN), None)


def _verdict(evidence: Evidence, position: int) -> Verdict:
    snippet = evidence.program.snippets[position]
    surroundings = evidence.surroundings
    piece = evidence.piece(position)
    if position in evidence.left_alone:
        outcome, sentence = evidence.left_alone[position]
        line = 0
    else:
        outcome, sentence, line = _outcome(evidence, position)
    versions = tuple((name, surroundings.packages.get(name, "")) for name in packages_of(evidence.program))
    runtime = replace(surroundings.runtime, packages=versions)
    if evidence.keras == 2:
        runtime = replace(runtime, keras=surroundings.keras_2)
    return Verdict(
        snippet=snippet.name,
        key=proof_key(evidence.program, position, runtime),
        outcome=outcome,
        runtime=runtime,
        sentence=sentence,
        line=line,
        output="" if snippet.directives.no_output else piece.printed[:_OUTPUT_LENGTH],
        seconds=round(piece.seconds, 3),
        proved_on=surroundings.options.today,
        confinement=evidence.confinement,
        notes=notes(evidence, position, outcome),
    )


def _outcome(evidence: Evidence, position: int) -> tuple[Outcome, str, int]:
    snippet = evidence.program.snippets[position]
    piece = evidence.piece(position)
    if evidence.transcript is None:
        return Outcome.NOT_RUN, "Not run, because nothing that uses it could be.", 0
    if piece.syntax is not None:
        return _does_not_parse(snippet, piece.syntax, evidence)
    if snippet.directives.syntax_error:
        return (
            Outcome.FAILED,
            "It was meant not to parse, but it does. Take `syntax-error` away.",
            snippet.span.first,
        )
    if position in evidence.stopped:
        return _stopped(evidence, position, evidence.stopped[position])
    if piece.error is not None:
        return _raised(evidence, position, piece.error)
    if not piece.done or not evidence.transcript.finished:
        return Outcome.DID_NOT_FINISH, "Its end was not reached, and nothing says why. Prove it again.", 0
    if snippet.directives.raises is not None:
        return (
            Outcome.FAILED,
            f"It was meant to end in {snippet.directives.raises.exception}, but nothing went wrong.",
            snippet.span.last,
        )
    return _passed(evidence, position, piece)


def _passed(evidence: Evidence, position: int, piece: PieceRun) -> tuple[Outcome, str, int]:
    snippet = evidence.program.snippets[position]
    claim = None if snippet.directives.no_output else unmet(snippet, piece)
    if claim is not None:
        return (
            Outcome.OUTPUT_MISMATCH,
            claim.sentence,
            guide_line(snippet, claim.line) if claim.line else snippet.span.last,
        )
    if shortenings(snippet):
        return Outcome.PASSED_SHORTENED, "", 0
    if snippet.role is not Role.FIXTURE and _uses_fixtures(evidence, position):
        return Outcome.PASSED_WITH_FIXTURES, "", 0
    return Outcome.PASSED, "", 0


def _uses_fixtures(evidence: Evidence, position: int) -> bool:
    snippets = evidence.program.snippets
    snippet = snippets[position]
    if snippet.directives.fixtures or snippet.directives.files:
        return True
    prepared = {
        name for each in snippets[:position] if each.role is Role.FIXTURE for name in names.bound(each.source)
    }
    shown = {
        name for each in snippets[:position] if each.role is Role.SHOWN for name in names.bound(each.source)
    }
    return bool(names.used(snippet.source) & (prepared - shown))


def _does_not_parse(snippet: Snippet, flaw: Flaw, evidence: Evidence) -> tuple[Outcome, str, int]:
    if snippet.directives.syntax_error:
        return Outcome.RAISED_AS_EXPECTED, "", 0
    line = place(evidence.program, flaw.line)[1] if flaw.line else snippet.span.first
    if language := names.another_language(snippet.source):
        return Outcome.NOT_PYTHON, f"This is {language}, not Python. Name its language after the fence.", line
    reason = told(flaw.text).split(" (answer.py")[0]
    return (
        Outcome.SYNTAX_ERROR,
        f"It does not parse: {reason}. Mend it, or say `syntax-error`.",
        line,
    )


def _stopped(evidence: Evidence, position: int, transcript: Transcript) -> tuple[Outcome, str, int]:
    snippet = evidence.program.snippets[position]
    options = evidence.surroundings.options
    line = 0 if transcript.waited else _statement_line(snippet, transcript.statement)
    if transcript.ending in _STOPPED:
        outcome, sentence = _STOPPED[transcript.ending]
        if transcript.waited and transcript.ending == "timed out":
            return (
                Outcome.DID_NOT_FINISH,
                "Its statements ended, but a thread that it started never did. Make it end, or a daemon.",
                snippet.span.last,
            )
        return (
            outcome,
            sentence.format(
                seconds=snippet.directives.timeout_seconds or options.timeout_seconds,
                memory=options.memory_bytes / 2**30,
                output=options.output_bytes / 2**20,
                disk=options.disk_bytes / 2**20,
                tasks=options.tasks,
            ),
            line,
        )
    if transcript.ending == "signal":
        what = _SIGNALS.get(transcript.status) or _signal_name(transcript.status)
        return Outcome.CRASHED, f"Python itself was ended by {what}. No card can show this.", line
    return Outcome.EARLY_EXIT, "It ended the process before its last statement. Let it run to its end.", line


def _raised(evidence: Evidence, position: int, flaw: Flaw) -> tuple[Outcome, str, int]:
    snippet = evidence.program.snippets[position]
    expected = snippet.directives.raises
    owner, line = place(evidence.program, flaw.line)
    if expected is not None:
        if expected.exception in {flaw.type, *flaw.lineage} and expected.text in flaw.text:
            return Outcome.RAISED_AS_EXPECTED, "", 0
        meant = f"{expected.exception}: {expected.text}" if expected.text else expected.exception
        return Outcome.FAILED, f"It was meant to end in {meant}, but ended in {in_words(flaw)}", line
    if cause := _cause(evidence, position, flaw):
        return Outcome.FAILED, f"{in_words(flaw)} {cause}", line
    if evidence.under_keras_2 is not None and evidence.under_keras_2.pieces[position].done:
        return (
            Outcome.STALE_API,
            f"{in_words(flaw)} It runs under Keras 2: write it for Keras 3, or say `keras=2`.",
            line,
        )
    outcome, sentence = classify(flaw)
    if owner is not None and owner.name != snippet.name:
        sentence = f"{sentence} The line stands in {owner.name}, called from here."
    return outcome, sentence, line


def _cause(evidence: Evidence, position: int, flaw: Flaw) -> str:
    """Say which earlier failure left a name unbound; empty where this one stands by itself."""
    if "NameError" not in flaw.lineage or not flaw.name:
        return ""
    for earlier in range(position):
        snippet = evidence.program.snippets[earlier]
        if flaw.name in names.bound(snippet.source) and not evidence.piece(earlier).done:
            return f"That follows from {snippet.name}, which should have bound `{flaw.name}` and did not."
    return ""


def _statement_line(snippet: Snippet, statement: int) -> int:
    tree = tree_of(snippet.source)
    if tree is None or statement >= len(tree.body):
        return snippet.span.first
    return guide_line(snippet, tree.body[statement].lineno)


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"
