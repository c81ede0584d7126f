"""Decides one verdict a snippet from the evidence of a program's runs."""

from __future__ import annotations

import signal
from dataclasses import replace
from typing import TYPE_CHECKING

from cards.program.proof_key import proof_key
from cards.program.qualifier import Qualifier, QualifierKind
from cards.program.snippet import SnippetRole, own_name
from cards.program.verdict import LineOrigin, Outcome, Verdict
from cards.prove.client.machine_path import hide_temporary
from cards.prove.client.run_request import guide_line, locate_line, shortenings
from cards.prove.decide.chance import second_failure
from cards.prove.decide.classify import Diagnosis, classify
from cards.prove.decide.consequence import cause_of
from cards.prove.decide.error_text import error_sentence
from cards.prove.decide.expected_exception import is_expected, is_mistake
from cards.prove.decide.gone import gone_calls_of
from cards.prove.decide.misspelt import meant_name
from cards.prove.decide.qualifiers import (
    join_with_commas,
    printing_taints,
    qualifiers_of,
    stand_ins_behind,
)
from cards.prove.decide.syntax_failure import diagnose_syntax
from cards.prove.decide.taint import stand_in_names, taints_of
from cards.prove.output.claims import first_unmet_claim, shown_output, unmet_exception, unmet_output_before
from cards.prove.process.protocol import RunEnding
from cards.python.bindings import names_bound_in
from cards.python.reads import names_read_in
from cards.python.syntax import tree_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cards.program.snippet import ExpectedException, Snippet
    from cards.prove.client.transcript import ExceptionInfo, SnippetRun, Transcript
    from cards.prove.decide.consequence import Cause
    from cards.prove.decide.evidence import Evidence
    from cards.stale.code_search import GoneCall

_OUTPUT_LENGTH = 20_000
_LIMIT_WORDS = {
    RunEnding.TIMED_OUT: (
        Outcome.TIMED_OUT,
        "It was still running after {seconds:g} seconds.",
        "Make it shorter, or say `timeout=` or `shrink=`.",
    ),
    RunEnding.MEMORY: (
        Outcome.MEMORY_LIMIT,
        "It held more than {memory:g} GB of memory.",
        "Use smaller shapes.",
    ),
    RunEnding.OUTPUT: (Outcome.OUTPUT_LIMIT, "It printed more than {output:g} MB.", "Print less."),
    RunEnding.DISK: (Outcome.DISK_LIMIT, "It wrote more than {disk:g} MB.", "Write less."),
    RunEnding.TASKS: (
        Outcome.DID_NOT_FINISH,
        "It started more than {tasks} threads or processes.",
        "Start fewer.",
    ),
}
_SIGNAL_WORDS = {
    4: "an illegal instruction",
    6: "an abort",
    7: "a bus error",
    8: "an arithmetic fault",
    9: "being killed from outside",
    11: "a segmentation fault",
}


def decide_verdicts(evidence: Evidence) -> tuple[Verdict, ...]:
    """Return one verdict a snippet, in order."""
    snippets = evidence.program.snippets
    verdicts = [_decide_verdict(evidence, position) for position in range(len(snippets))]
    return tuple(
        _with_origin(verdict, snippet, snippets)
        for verdict, snippet in zip(_charge_failed_checks(verdicts, snippets), snippets, strict=True)
    )


def _with_origin(verdict: Verdict, snippet: Snippet, snippets: Sequence[Snippet]) -> Verdict:
    """Return the verdict with where its lines are counted from: the failed one may be of another snippet."""
    around = (each for each in (snippet, *snippets) if each.span.first <= verdict.line <= each.span.last)
    there = next(around, snippet)
    return replace(verdict, origin=LineOrigin(snippet.span.first or 1, there.span.first or 1, there.name))


def _charge_failed_checks(verdicts: Sequence[Verdict], snippets: Sequence[Snippet]) -> tuple[Verdict, ...]:
    """Return the verdicts, with a shown snippet failing where its hidden check fails."""
    charged = list(verdicts)
    for position, snippet in enumerate(snippets):
        verdict = charged[position]
        is_failed = not verdict.outcome.holds and verdict.outcome is not Outcome.NOT_RUN
        if snippet.role is SnippetRole.CHECK and is_failed:
            shown = _shown_snippet_above(snippets, position)
            if shown is not None and charged[shown].outcome.holds:
                charged[shown] = replace(
                    charged[shown],
                    outcome=verdict.outcome,
                    sentence=f"Its hidden check fails: {verdict.sentence}",
                    advice=verdict.advice,
                    line=verdict.line,
                )
    return tuple(charged)


def _shown_snippet_above(snippets: Sequence[Snippet], position: int) -> int | None:
    return next((p for p in range(position - 1, -1, -1) if snippets[p].role is SnippetRole.SHOWN), None)


def _decide_verdict(evidence: Evidence, position: int) -> Verdict:
    snippet = evidence.program.snippets[position]
    context = evidence.context
    snippet_run = evidence.snippet_run(position)
    reason = evidence.not_run.get(position)
    diagnosis = reason if reason is not None else _diagnose(evidence, position)
    runtime = context.runtime_of(evidence.program, evidence.keras)
    output = "" if snippet.directives.no_output else shown_output(snippet, snippet_run)
    return Verdict(
        snippet=snippet.name,
        key=proof_key(evidence.program, position, runtime),
        outcome=diagnosis.outcome,
        runtime=runtime,
        sentence=hide_temporary(f"{diagnosis.sentence} {diagnosis.advice}".strip()),
        advice=hide_temporary(diagnosis.advice),
        line=diagnosis.line,
        correction=hide_temporary(diagnosis.correction),
        output=hide_temporary(output[:_OUTPUT_LENGTH]),
        seconds=round(snippet_run.seconds, 3),
        proved_on=context.options.today,
        confinement=evidence.confinement,
        qualifiers=_consequences(diagnosis)
        + qualifiers_of(evidence, position, diagnosis.outcome, diagnosis.line),
    )


def _consequences(diagnosis: Diagnosis) -> tuple[Qualifier, ...]:
    return (Qualifier(QualifierKind.CONSEQUENCE, diagnosis.cause),) if diagnosis.cause else ()


def _diagnose(evidence: Evidence, position: int) -> Diagnosis:
    """Return the diagnosis of the first run or, for a snippet that holds in it, of the second."""
    diagnosis = _diagnose_first_run(evidence, position)
    again = second_failure(evidence, position) if diagnosis.outcome.holds else None
    return again or diagnosis


def _diagnose_first_run(evidence: Evidence, position: int) -> Diagnosis:
    snippet = evidence.program.snippets[position]
    snippet_run = evidence.snippet_run(position)
    if evidence.transcript is None:
        return Diagnosis(Outcome.NOT_RUN, "Not run, because nothing that uses it could be.")
    if snippet_run.syntax is not None:
        return _diagnose_syntax(snippet, snippet_run.syntax, evidence)
    if snippet.directives.syntax_error:
        return Diagnosis(
            Outcome.FAILED,
            "It was meant not to parse, but it does.",
            "Take `syntax-error` away.",
            snippet.span.first,
        )
    if (missing := _diagnose_missing_import(evidence, position)) is not None:
        return missing
    if position in evidence.stopped:
        return _diagnose_stop(evidence, position, evidence.stopped[position])
    if not snippet_run.is_record_whole:
        sentence = "Its record is incomplete, or its own code changed it: that is no pass."
        return Diagnosis(Outcome.DID_NOT_FINISH, sentence, "Take out what reaches into the interpreter.")
    if snippet_run.error is not None:
        return _diagnose_exception(evidence, position, snippet_run.error)
    if not snippet_run.done or not evidence.transcript.finished:
        sentence = "Its end was not reached, and nothing says why."
        return Diagnosis(Outcome.DID_NOT_FINISH, sentence, "Prove it again.")
    if snippet.directives.raises is not None:
        sentence = f"It was meant to end in {snippet.directives.raises}, but nothing went wrong."
        return Diagnosis(Outcome.FAILED, sentence, line=snippet.span.last)
    return _diagnose_pass(evidence, position, snippet_run)


def _diagnose_missing_import(evidence: Evidence, position: int) -> Diagnosis | None:
    """Diagnose a snippet for which an import was supplied that fails, as if the author had written it."""
    for place in evidence.failed_imports(position):
        error = evidence.first_error(place)
        if error is not None:
            return classify(error)._replace(line=evidence.program.snippets[position].span.first)
    return None


def _diagnose_pass(evidence: Evidence, position: int, snippet_run: SnippetRun) -> Diagnosis:
    snippet = evidence.program.snippets[position]
    claim = None if snippet.directives.no_output else first_unmet_claim(snippet, snippet_run)
    if claim is not None:
        line = guide_line(snippet, claim.line) if claim.line else snippet.span.last
        if decided := printing_taints(evidence, position, claim.line):
            made_up = join_with_commas(stand_in_names(tuple(decided)))
            sentence = f"What it prints depends on {made_up}, which is made up. {claim.sentence}"
            return Diagnosis(Outcome.NEEDS, sentence, f"Put the real thing in place of {made_up}.", line)
        diagnosis = Diagnosis(Outcome.OUTPUT_MISMATCH, claim.sentence, line=line, correction=claim.correction)
        cause = cause_of(evidence, position, claim.line)
        return _as_consequence(evidence, cause, diagnosis) if cause else diagnosis
    if gone := gone_calls_of(evidence, position):
        return _diagnose_unreached(snippet, gone[0])
    if shortenings(snippet):
        return Diagnosis(Outcome.PASSED_SHORTENED)
    if not snippet.role.is_setup and _uses_fixtures(evidence, position):
        return Diagnosis(Outcome.PASSED_WITH_FIXTURES)
    return Diagnosis(Outcome.PASSED)


def _diagnose_unreached(snippet: Snippet, gone: GoneCall) -> Diagnosis:
    """Diagnose code that ran, and holds a call that is gone where the run did not reach it."""
    sentence = f"`{gone.change.old}` is gone: it fails as soon as something reaches it."
    return Diagnosis(Outcome.STALE_API, sentence, gone.change.advice, guide_line(snippet, gone.line))


def _uses_fixtures(evidence: Evidence, position: int) -> bool:
    snippets = evidence.program.snippets
    snippet = snippets[position]
    if snippet.directives.fixtures or snippet.directives.files or taints_of(evidence.program)[position]:
        return True
    prepared = {
        name
        for each in snippets[:position]
        if each.role is SnippetRole.FIXTURE
        for name in names_bound_in(each.source)
    }
    shown = {
        name
        for each in snippets[:position]
        if each.role is SnippetRole.SHOWN
        for name in names_bound_in(each.source)
    }
    return bool(names_read_in(snippet.source) & (prepared - shown))


def _diagnose_syntax(snippet: Snippet, error: ExceptionInfo, evidence: Evidence) -> Diagnosis:
    if snippet.directives.syntax_error:
        return Diagnosis(Outcome.RAISED_AS_EXPECTED)
    line = locate_line(evidence.program, error.line)[1] if error.line else snippet.span.first
    where = line - snippet.span.first + 1 if snippet.span.first else line
    return diagnose_syntax(snippet.source, error, where)._replace(line=line)


def _diagnose_stop(evidence: Evidence, position: int, transcript: Transcript) -> Diagnosis:
    snippet = evidence.program.snippets[position]
    options = evidence.context.options
    line = 0 if transcript.waited else _statement_line(snippet, transcript.statement)
    if transcript.ending in _LIMIT_WORDS:
        outcome, template, advice = _LIMIT_WORDS[transcript.ending]
        if transcript.waited and transcript.ending is RunEnding.TIMED_OUT:
            return Diagnosis(
                Outcome.DID_NOT_FINISH,
                "Its statements ended, but a thread or an exit handler of it never did.",
                "Make it end, or the thread a daemon.",
                snippet.span.last,
            )
        sentence = template.format(
            seconds=snippet.directives.timeout_seconds or options.timeout_seconds,
            memory=options.memory_bytes / 2**30,
            output=options.output_bytes / 2**20,
            disk=options.disk_bytes / 2**20,
            tasks=options.tasks,
        )
        return Diagnosis(outcome, sentence, advice, line)
    if transcript.ending is RunEnding.SIGNAL:
        what = _SIGNAL_WORDS.get(transcript.status) or _signal_name(transcript.status)
        return Diagnosis(
            Outcome.CRASHED, f"Python itself was ended by {what}.", "No card can show this.", line
        )
    sentence = "It ended the process before its last statement."
    return Diagnosis(Outcome.EARLY_EXIT, sentence, "Let it run to its end.", line)


def _diagnose_exception(evidence: Evidence, position: int, error: ExceptionInfo) -> Diagnosis:
    snippet = evidence.program.snippets[position]
    expected = snippet.directives.raises
    owner, line = locate_line(evidence.program, error.line)
    if expected is not None:
        return _diagnose_expected(evidence, position, expected, error, line)
    diagnosis = classify(error)._replace(line=line)
    # What the table of gone calls knows fails by itself, whatever failed before.
    is_known = diagnosis.outcome is Outcome.STALE_API
    if not is_known and (cause := cause_of(evidence, position)) is not None:
        return _as_consequence(evidence, cause, diagnosis)
    if diagnosis.outcome is Outcome.STALE_API and (made_up := stand_ins_behind(evidence, position)):
        # A real thing in its place may do what the stand-in cannot.
        advice = f"Put the real thing in place of {made_up}."
        diagnosis = diagnosis._replace(outcome=Outcome.NEEDS, advice=advice)
    if (meant := meant_name(evidence.program, error)) and diagnosis.outcome is Outcome.NEEDS:
        diagnosis = diagnosis._replace(outcome=Outcome.FAILED, advice=meant)
    if diagnosis.outcome is Outcome.FAILED and (advice := _keras_2_advice(evidence, position)):
        diagnosis = diagnosis._replace(outcome=Outcome.STALE_API, advice=advice)
    if owner is not None and owner.name != snippet.name:
        diagnosis = diagnosis._replace(
            sentence=f"{diagnosis.sentence} The line stands in {owner.name}, called from here."
        )
    return diagnosis


def _diagnose_expected(
    evidence: Evidence, position: int, expected: ExpectedException, error: ExceptionInfo, line: int
) -> Diagnosis:
    """Diagnose the end of a snippet that is meant to raise, and did on a line of the guide."""
    if is_expected(expected, error):
        snippet = evidence.program.snippets[position]
        claim = unmet_output_before(snippet, evidence.snippet_run(position), error)
        claim = claim or unmet_exception(snippet, error, line - snippet.span.first + 1)
        if claim is None:
            return Diagnosis(Outcome.RAISED_AS_EXPECTED)
        return Diagnosis(Outcome.OUTPUT_MISMATCH, claim.sentence, line=snippet.span.last)
    sentence = f"It was meant to end in {expected}, but ended in {error_sentence(error)}"
    is_base = expected.exception in error.class_names[1:] and not expected.or_derived
    is_meant = is_base and not is_mistake(error)
    advice = f"Name the class that is raised: `raises={error.type}`." if is_meant else ""
    return Diagnosis(Outcome.FAILED, sentence, advice, line)


def _keras_2_advice(evidence: Evidence, position: int) -> str:
    """Return advice for a statement that runs under Keras 2; empty where it fails there too."""
    if evidence.under_keras_2 is None:
        return ""
    there = evidence.under_keras_2.snippet_runs[position]
    if there.done:
        return "It runs under Keras 2: write it for Keras 3, or say `keras=2`."
    failing = next(each.first for each in evidence.snippet_run(position).statements if each.error)
    if any(each.first == failing and each.error is None for each in there.statements):
        return "This line runs under Keras 2, a later one does not even there: write it for Keras 3."
    return ""


def _as_consequence(evidence: Evidence, cause: Cause, diagnosis: Diagnosis) -> Diagnosis:
    """Return the diagnosis of what fails only because an earlier snippet did not run to its end."""
    earlier = evidence.program.snippets[cause.position]
    name = own_name(earlier.name)
    follows = f"That follows from {name}, which should have made `{cause.missing}` and did not."
    if cause.position in evidence.not_run:
        outcome = Outcome.NEEDS
    else:
        outcome = _diagnose(evidence, cause.position).outcome
    is_kept = outcome in {Outcome.STALE_API, Outcome.NEEDS}
    failed = diagnosis.outcome if diagnosis.outcome is Outcome.OUTPUT_MISMATCH else Outcome.FAILED
    return Diagnosis(
        outcome if is_kept else failed,
        f"{diagnosis.sentence} {follows}",
        line=diagnosis.line,
        cause=name,
    )


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
