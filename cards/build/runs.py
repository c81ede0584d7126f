"""Find which of a guide's programs have to run, and which proofs earlier builds left."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from cards.atomize.code import is_askable, names_to_describe
from cards.atomize.code_slice import sliced_lines
from cards.atomize.measured_code import (
    blocks_without_gap_cards,
    gap_words,
    gaps_nobody_needs,
    possible_gaps,
)
from cards.atomize.question_context import QuestionContext
from cards.build.measured_output import contradiction
from cards.exercise.measurement import lacks_gaps_for, valid_keys
from cards.part_cache import PartCache
from cards.program.packages import packages_of
from cards.program.tensorflow_use import uses_tensorflow
from cards.prove.measuring.measure import MeasureRequest
from cards.span import NOWHERE

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from cards.exercise.gap import Gap
    from cards.exercise.measurement import MeasureKey, SnippetMeasurement
    from cards.exercise.worth_asking import GapWords
    from cards.guide.guide import Guide, Question
    from cards.lock.lock import Lock
    from cards.lock.proofs import Proofs
    from cards.program.displayed_code import DisplayedVerdict
    from cards.program.program import Program
    from cards.program.runtime import Runtime
    from cards.program.snippet import Snippet, SnippetName
    from cards.program.verdict import Verdict


@dataclass(frozen=True, slots=True)
class RequiredRuns:
    """The programs that have to run, and the remembered proofs of the others."""

    to_run: tuple[Program, ...]
    verdicts: dict[SnippetName, Verdict]


def required_runs(
    programs: Iterable[Program],
    proofs: Proofs,
    runtimes: frozenset[Runtime],
    version_of: Callable[[str], str],
    parts: PartCache,
    *,
    can_run: bool = True,
    built_under: Collection[Runtime] = (),
) -> RequiredRuns:
    """Return which programs have a snippet without a remembered proof that counts here.

    `proofs` are those of the code as it is now. Where nothing can run, the runtimes that are here still come
    first; a program that was not proved under them counts as the newest TensorFlow saw it, of those
    `built_under` if there are any: what only proves code runs no card.
    """
    verdicts: dict[SnippetName, Verdict] = {}
    to_run = []
    for program in programs:
        # What uses no TensorFlow may have been proved beside it too, as it once was.
        needs_tensorflow, needed = _needs_once(program, parts)
        fitting = [each for each in runtimes if each.tensorflow or not needs_tensorflow]
        packages = tuple((name, version_of(name)) for name in needed) if fitting else ()
        here = frozenset(replace(runtime, packages=packages) for runtime in fitting)
        counting = _proofs_under(program, proofs, here)
        if len(counting) < len(program.snippets) and not (can_run and fitting):
            counting = _newest_proofs(program, proofs, built_under)
        verdicts |= counting
        if len(counting) < len(program.snippets):
            to_run.append(program)
    return RequiredRuns(tuple(to_run), verdicts)


def _needs_once(program: Program, parts: PartCache) -> tuple[bool, tuple[str, ...]]:
    """Return whether a program uses TensorFlow, and the other packages that it needs."""
    facts, snippets = ("needs", parts.fact(program, NOWHERE)), program.snippets
    return parts.recall(facts, NOWHERE, lambda: (uses_tensorflow(snippets), packages_of(snippets)))


def _proofs_under(
    program: Program, proofs: Proofs, runtimes: frozenset[Runtime]
) -> dict[SnippetName, Verdict]:
    """Return the verdicts on a program under any of the runtimes, without those that hang on the machine.

    A failure of an old lock, which does not say where in the block it was, is left out too, so that its code
    runs again.
    """
    found = (verdict for snippet in program.snippets for verdict in proofs.by_snippet.get(snippet.name, ()))
    return {
        verdict.snippet: verdict
        for verdict in found
        if verdict.runtime in runtimes
        and verdict.outcome.is_repeatable
        and not (verdict.line and verdict.origin is None)
    }


def _newest_proofs(
    program: Program, proofs: Proofs, built_under: Collection[Runtime]
) -> dict[SnippetName, Verdict]:
    """Return the verdicts of the newest runtime that saw the whole program, else the newest on each."""
    by_snippet = [proofs.by_snippet.get(snippet.name, ()) for snippet in program.snippets]
    seen = [{verdict.runtime: verdict for verdict in known} for known in by_snippet]
    whole = set(seen[0]).intersection(*seen[1:]) if seen else set()
    if whole:
        newest = max(whole, key=lambda each: (each.without_packages in built_under, each.order))
        return {one.snippet: one for verdicts in seen if (one := verdicts[newest])}
    return {known[0].snippet: known[0] for known in by_snippet if known}


class Measurable(NamedTuple):
    """What can be measured of one of a question's snippets."""

    is_askable: bool
    """A card can show all of it."""
    lines: tuple[int, ...]
    """Statements of which a card can ask for the output, by their first lines."""
    given: tuple[str, ...]
    """Names that it builds on and no card shows."""
    words: GapWords
    """What the question's words say of its gaps."""
    makes_gap_cards: bool
    """A card may ask for one of its gaps."""
    gaps: tuple[Gap, ...]
    """All that may be looked for; none where all blocks of the question make such cards."""


def measurable(question: Question, fixtures: tuple[Snippet, ...]) -> dict[SnippetName, Measurable]:
    """Return what can be measured of each snippet of a question, given the guide's fixtures."""
    context, words = QuestionContext.of(question, fixtures), gap_words(question)
    without = blocks_without_gap_cards(question)
    return {
        each.name: Measurable(
            is_askable(each, context),
            sliced_lines(each, context),
            names_to_describe(each, context),
            words[each.name],
            each.name not in without,
            possible_gaps(each, words[each.name]) if without else (),
        )
        for each in question.snippets
    }


def required_measurements(
    guide: Guide,
    programs: Sequence[Program],
    measured: Mapping[SnippetName, ValidMeasurement],
    verdicts: Mapping[SnippetName, Verdict],
    parts: PartCache,
    *,
    gaps: bool = True,
) -> tuple[MeasureRequest, ...]:
    """Return the programs with snippets that hold, make cards, and were not measured as they are now.

    What a newer TensorFlow measured counts, so that authors of different versions never undo each other.
    Without `gaps`, a measurement that lacks them is whole enough.
    """
    known = {
        name: one.measurement
        for name, one in measured.items()
        if name not in verdicts or one.runtime.order[:2] >= verdicts[name].runtime.order[:2]
    }
    by_name = {program.name: program for program in programs}
    requests = (
        _measure_request(
            question,
            _measurable_once(parts, question, guide),
            by_name[question.slug],
            known,
            verdicts,
            gaps=gaps,
        )
        for question in guide.questions
        if question.slug in by_name
    )
    return tuple(request for request in requests if request.names)


def _measurable_once(parts: PartCache, question: Question, guide: Guide) -> dict[SnippetName, Measurable]:
    facts = ("measurable", parts.fact(question, question.span), guide.fixtures)
    return parts.recall(facts, question.span, lambda: measurable(question, guide.fixtures))


def _measure_request(
    question: Question,
    can_be: Mapping[SnippetName, Measurable],
    program: Program,
    known: Mapping[SnippetName, SnippetMeasurement],
    verdicts: Mapping[SnippetName, Verdict],
    *,
    gaps: bool,
) -> MeasureRequest:
    """Return what is to be measured of one question's program."""
    words = _words_of_gaps(can_be, verdicts)

    def is_known(snippet: Snippet) -> bool:
        found = known.get(snippet.name)
        return found is not None and not (gaps and lacks_gaps_for(found, snippet.source, words[snippet.name]))

    due = {
        snippet.name: can_be[snippet.name]
        for snippet in question.snippets
        if (verdict := verdicts.get(snippet.name)) and verdict.outcome.holds and not is_known(snippet)
    }
    return MeasureRequest(
        program,
        frozenset(name for name, each in due.items() if each.is_askable),
        {name: each.lines for name, each in due.items() if each.lines},
        {name: each.given for name, each in due.items() if each.given},
        words={name: words[name] for name in due},
    )


def _words_of_gaps(
    can_be: Mapping[SnippetName, Measurable], verdicts: Mapping[SnippetName, Verdict]
) -> dict[SnippetName, GapWords]:
    """Return what the words say of the gaps of each block, and whether anything hangs on them."""
    # What does not hold or prints nothing has no gaps.
    possible = {
        name: each.gaps
        for name, each in can_be.items()
        if each.is_askable
        and ((verdict := verdicts.get(name)) is None or (verdict.outcome.holds and verdict.output))
    }
    unasked = gaps_nobody_needs(possible, {name for name, each in can_be.items() if not each.makes_gap_cards})
    return {
        name: replace(each.words, is_unasked=True) if name in unasked else each.words
        for name, each in can_be.items()
    }


class ValidMeasurement(NamedTuple):
    """A measurement of a snippet's present text."""

    measurement: SnippetMeasurement
    runtime: Runtime
    """The newest under which the snippet was proved and measured."""


def valid_measurements(
    programs: Iterable[Program],
    measured: Iterable[SnippetMeasurement],
    proofs: Proofs,
    parts: PartCache,
) -> dict[SnippetName, ValidMeasurement]:
    """Return the measurements that are valid for the snippets' present text and a version that proved it.

    Of several, that of the newest TensorFlow: the same for everybody who has this lock, whatever runs here.
    """
    found: dict[SnippetName, ValidMeasurement] = {}
    for each, verdict in _measured_proofs(programs, measured, proofs, parts):
        if each.snippet not in found and not contradiction(each, verdict):
            found[each.snippet] = ValidMeasurement(each, verdict.runtime)
    return found


class ValidFindings(NamedTuple):
    """What a lock remembers of code, as far as it is valid for the code as it is now."""

    lock: Lock
    proofs: Proofs
    """Of all runtimes."""
    measured: dict[SnippetName, ValidMeasurement]

    @classmethod
    def of(cls, lock: Lock, proofs: Proofs, programs: Iterable[Program], parts: PartCache) -> ValidFindings:
        """Return the findings of a lock, given its proofs that are valid."""
        return cls(lock, proofs, valid_measurements(programs, lock.measured, proofs, parts))

    @property
    def measurements(self) -> dict[SnippetName, SnippetMeasurement]:
        """The measurements alone."""
        return {name: one.measurement for name, one in self.measured.items()}

    def is_of(self, lock: Lock) -> bool:
        """Tell whether these are the findings of a lock, whatever else of it has changed."""
        return lock.proofs is self.lock.proofs and lock.measured is self.lock.measured


def contradicted_measurements(
    programs: Iterable[Program], measured: Iterable[SnippetMeasurement], proofs: Proofs
) -> dict[SnippetName, str]:
    """Return what measurements say was printed and no proof of the snippet did; they count as never made."""
    said: dict[SnippetName, str] = {}
    agreeing = set()
    for each, verdict in _measured_proofs(programs, measured, proofs, PartCache()):
        if each.snippet not in agreeing:
            sentence = contradiction(each, verdict)
            if sentence:
                said.setdefault(each.snippet, sentence)
            else:
                agreeing.add(each.snippet)
    return {snippet: sentence for snippet, sentence in said.items() if snippet not in agreeing}


def _measured_proofs(
    programs: Iterable[Program],
    measured: Iterable[SnippetMeasurement],
    proofs: Proofs,
    parts: PartCache,
) -> Iterator[tuple[SnippetMeasurement, Verdict]]:
    """Yield each measurement of a snippet's present text with each proof that it belongs to, newest first."""
    found = {(each.snippet, each.key): each for each in measured}
    names = {name for name, _ in found}
    for program in programs:
        proved = [
            (position, verdict)
            for position, snippet in enumerate(program.snippets)
            if snippet.name in names
            for verdict in proofs.by_snippet.get(snippet.name, ())
        ]
        runtimes = [(position, verdict.runtime) for position, verdict in proved]
        for (_, verdict), keys in zip(proved, _valid_keys_once(program, runtimes, parts), strict=True):
            for key in keys:
                if (each := found.get((verdict.snippet, key))) is not None:
                    yield each, verdict


def _valid_keys_once(
    program: Program, asked: list[tuple[int, Runtime]], parts: PartCache
) -> list[tuple[MeasureKey, ...]]:
    """Return the keys of measurements of snippets of a program, each by its position, under a runtime."""
    return parts.recall(
        ("measure keys", parts.fact(program, NOWHERE), asked),
        NOWHERE,
        lambda: [valid_keys(program, *each) for each in asked],
    )


def add_proofs(
    lock: Lock,
    ran: Iterable[Verdict],
    measured: Iterable[SnippetMeasurement] = (),
    displayed: Iterable[DisplayedVerdict] = (),
    programs: Iterable[Program] = (),
) -> Lock:
    """Return the old lock with all that was seen since added, so that an interrupted build loses none.

    The proofs stand in the order of the guide's programs.
    """
    order = [snippet.name for program in programs for snippet in program.snippets]
    known = {each.snippet: each for each in lock.measured}
    for each in measured:
        if not (each.lacks_gaps and known.get(each.snippet) == _with_gaps_of(known.get(each.snippet), each)):
            known[each.snippet] = each
    newest = {each.key: each for each in displayed if each.is_repeatable}
    known_keys = {each.key for each in lock.displayed}
    return replace(
        lock,
        proofs=lock.proofs.add(ran, order),
        measured=tuple(known.values()),
        displayed=(
            *(
                replace(each, fault=newest[each.key].fault) if each.key in newest else each
                for each in lock.displayed
            ),
            *(each for each in newest.values() if each.key not in known_keys),
        ),
    )


def _with_gaps_of(old: SnippetMeasurement | None, new: SnippetMeasurement) -> SnippetMeasurement:
    """Return a measurement that lacks its gaps with those that were found of the same snippet before."""
    return replace(new, gaps=old.gaps, lacks_gaps=old.lacks_gaps) if old else new
