"""Find which of a guide's programs have to run, and which proofs earlier builds left."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cards.atomize.code import is_askable, names_to_describe
from cards.atomize.code_slice import sliced_lines
from cards.atomize.question_context import QuestionContext
from cards.exercise.measurement import measure_key
from cards.lock.lock import Lock, merge_proofs
from cards.program.packages import packages_of
from cards.program.proof_key import proof_key
from cards.program.tensorflow_use import uses_tensorflow
from cards.prove.measuring.measure import MeasureRequest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from cards.exercise.measurement import SnippetMeasurement
    from cards.guide.guide import Guide
    from cards.program.displayed_code import DisplayedVerdict
    from cards.program.program import Program
    from cards.program.runtime import Runtime
    from cards.program.snippet import SnippetName
    from cards.program.verdict import Verdict


@dataclass(frozen=True, slots=True)
class RequiredRuns:
    """The programs that have to run, and the remembered proofs of the others."""

    to_run: tuple[Program, ...]
    verdicts: dict[SnippetName, Verdict]


def required_runs(
    programs: Iterable[Program],
    lock: Lock,
    runtimes: frozenset[Runtime],
    version_of: Callable[[str], str],
) -> RequiredRuns:
    """Return which programs have a snippet without a remembered proof that counts here."""
    remembered = {verdict.snippet: verdict for verdict in lock.proofs}
    verdicts: dict[SnippetName, Verdict] = {}
    to_run = []
    for program in programs:
        needs_tensorflow = uses_tensorflow(program.snippets)
        fitting = [each for each in runtimes if bool(each.tensorflow) is needs_tensorflow]
        packages = (
            tuple((name, version_of(name)) for name in packages_of(program.snippets)) if fitting else ()
        )
        here = frozenset(replace(runtime, packages=packages) for runtime in fitting)
        counting = _valid_proofs(program, remembered, here)
        verdicts |= counting
        if len(counting) < len(program.snippets):
            to_run.append(program)
    return RequiredRuns(tuple(to_run), verdicts)


def required_measurements(
    guide: Guide,
    programs: Sequence[Program],
    lock: Lock,
    verdicts: Mapping[SnippetName, Verdict],
) -> tuple[MeasureRequest, ...]:
    """Return the programs with snippets that hold, make cards, and were not measured as they are now."""
    known = current_measurements(programs, lock.measured, verdicts)
    by_name = {program.name: program for program in programs}
    requests = (
        _measure_request(
            QuestionContext.of(question, guide.fixtures), by_name[question.slug], known, verdicts
        )
        for question in guide.questions
        if question.slug in by_name
    )
    return tuple(request for request in requests if request.names)


def _measure_request(
    context: QuestionContext,
    program: Program,
    known: Mapping[SnippetName, SnippetMeasurement],
    verdicts: Mapping[SnippetName, Verdict],
) -> MeasureRequest:
    """Return what is to be measured of one question's program."""
    due = [
        snippet
        for snippet in context.question.snippets
        if snippet.name not in known and (verdict := verdicts.get(snippet.name)) and verdict.outcome.holds
    ]
    lines = {snippet.name: sliced_lines(snippet, context) for snippet in due}
    given = {snippet.name: names_to_describe(snippet, context) for snippet in due}
    return MeasureRequest(
        program,
        frozenset(snippet.name for snippet in due if is_askable(snippet, context)),
        {name: found for name, found in lines.items() if found},
        {name: found for name, found in given.items() if found},
    )


def current_measurements(
    programs: Iterable[Program],
    measured: Iterable[SnippetMeasurement],
    verdicts: Mapping[SnippetName, Verdict],
) -> dict[SnippetName, SnippetMeasurement]:
    """Return the measurements that are valid for the snippets' present text and proved versions."""
    found = {(each.snippet, each.key): each for each in measured}
    if not found:
        return {}
    names = {name for name, _ in found}
    return {
        snippet.name: each
        for program in programs
        for position, snippet in enumerate(program.snippets)
        if snippet.name in names
        and (verdict := verdicts.get(snippet.name))
        and (each := found.get((snippet.name, measure_key(program, position, verdict.runtime))))
    }


def _valid_proofs(
    program: Program, remembered: dict[SnippetName, Verdict], runtimes: frozenset[Runtime]
) -> dict[SnippetName, Verdict]:
    counting = {}
    for position, snippet in enumerate(program.snippets):
        verdict = remembered.get(snippet.name)
        if (
            verdict
            and (not runtimes or (verdict.runtime in runtimes and verdict.outcome.is_repeatable))
            and verdict.key == proof_key(program, position, verdict.runtime)
        ):
            counting[snippet.name] = verdict
    return counting


def add_proofs(
    lock: Lock,
    ran: Iterable[Verdict],
    measured: Iterable[SnippetMeasurement] = (),
    displayed: Iterable[DisplayedVerdict] = (),
) -> Lock:
    """Return the old lock with all that was seen since added, so that an interrupted build loses none."""
    old = {verdict.snippet: verdict for verdict in lock.proofs}
    known = {each.snippet: each for each in (*lock.measured, *measured)}
    return replace(
        lock,
        proofs=merge_proofs(lock.proofs, old | {verdict.snippet: verdict for verdict in ran}),
        measured=tuple(known.values()),
        displayed=(*lock.displayed, *(each for each in displayed if each.is_repeatable)),
    )
