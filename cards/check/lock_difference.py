"""Compare what a lock says of a guide's code with what was seen when all of it ran anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cards.card.card import CardKey
from cards.check.upgrade import changes_between
from cards.errors import Problem
from cards.exercise.measurement import valid_keys
from cards.program.qualifier import QualifierKind
from cards.prove.output.compare import agree_as_runs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from cards.card.card import Draft
    from cards.exercise.measurement import MeasureKey, SnippetMeasurement
    from cards.lock.lock import Lock
    from cards.program.displayed_code import DisplayedVerdict
    from cards.program.program import Program
    from cards.program.qualifier import Qualifier
    from cards.program.snippet import Snippet, SnippetName
    from cards.program.verdict import Verdict
    from cards.span import Span


def lock_differences(
    lock: Lock,
    programs: Sequence[Program],
    drafts: Sequence[Draft],
    ran: Iterable[Verdict],
    measured: Iterable[SnippetMeasurement],
    displayed: Iterable[DisplayedVerdict],
) -> tuple[Problem, ...]:
    """Return a problem for each thing that the lock says and the run does not, in the guide's order.

    What the lock says of other versions is not compared, nor how long code took.
    """
    snippets = {snippet.name: snippet for program in programs for snippet in program.snippets}
    spans = {name: snippet.span for name, snippet in snippets.items()}
    proofs = lock.proofs.valid_for(programs)
    ran = tuple(ran)
    said = [
        *(
            (spans[new.snippet], sentence)
            for new in ran
            for sentence in _proof_differences(proofs.find(new.snippet, new.runtime), new, snippets)
        ),
        *_measured_differences(lock, spans, measured, _keys_by_newest(programs, ran)),
        *_displayed_differences(lock, drafts, displayed),
    ]
    return tuple(sorted({Problem(span.path, span.first, sentence) for span, sentence in said}))


def _proof_differences(
    old: Verdict | None, new: Verdict, snippets: Mapping[SnippetName, Snippet]
) -> Iterator[str]:
    if old is None:
        yield f"the lock has no proof of this code under {new.runtime.words}; here it is {new.outcome.value}."
    elif old.outcome is not new.outcome:
        sentence = f": {new.sentence}" if new.sentence else "."
        yield f"the lock says {old.outcome.value}, but here it is {new.outcome.value}{sentence}"
    elif not agree_as_runs(old.output, new.output):
        yield from (f"the lock says otherwise: it {each}." for each in changes_between(old, new)[:1])
    else:
        ours, theirs = _qualifiers(old.placed(snippets)), _qualifiers(new.placed(snippets))
        for said in dict.fromkeys((*ours, *theirs)):
            if said not in theirs:
                yield f"the lock alone says of this proof: {ours[said]}."
            elif said not in ours:
                yield f"the lock keeps back of this proof: {theirs[said]}."


def _qualifiers(verdict: Verdict) -> dict[tuple[QualifierKind, str], Qualifier]:
    """Return what qualifies a verdict, wherever it stands now.

    Warnings are left out: other machines may give others.
    """
    kinds = ((each.kind, "" if each.is_of_lines else each.text) for each in verdict.qualifiers)
    return {
        name: each
        for name, each in zip(kinds, verdict.qualifiers, strict=True)
        if each.kind is not QualifierKind.WARNING
    }


def _keys_by_newest(
    programs: Iterable[Program], ran: Iterable[Verdict]
) -> dict[tuple[SnippetName, MeasureKey], tuple[MeasureKey, ...]]:
    """Return the keys that a lock may have for what is measured now, by snippet and the newest of them."""
    runtimes = {verdict.snippet: verdict.runtime for verdict in ran}
    return {
        (snippet.name, keys[0]): keys
        for program in programs
        for position, snippet in enumerate(program.snippets)
        if snippet.name in runtimes
        if (keys := valid_keys(program, position, runtimes[snippet.name]))
    }


def _measured_differences(
    lock: Lock,
    spans: Mapping[SnippetName, Span],
    measured: Iterable[SnippetMeasurement],
    keys: Mapping[tuple[SnippetName, MeasureKey], tuple[MeasureKey, ...]],
) -> Iterator[tuple[Span, str]]:
    known = {(each.snippet, each.key): each for each in lock.measured}
    # Of a snippet that was looked at twice, the last says more: it knows the gaps.
    for new in {(each.snippet, each.key): each for each in measured}.values():
        for key in keys.get((new.snippet, new.key), (new.key,)):
            if (old := known.get((new.snippet, key))) is not None:
                for sentence in _differences_of(old, new):
                    yield spans[new.snippet], sentence


def _differences_of(old: SnippetMeasurement, new: SnippetMeasurement) -> Iterator[str]:
    """Yield what a measurement in a lock says and one made now does not."""
    if not agree_as_runs(old.printed, new.printed):
        yield f"the lock says that it was measured to print {old.printed!r}, but here it was {new.printed!r}."
    if old.traits != new.traits:
        odd = [
            each for each in (*old.traits, *new.traits) if each not in old.traits or each not in new.traits
        ]
        first = odd[0] if odd else new.traits[0]
        where = "the lock" if first in old.traits else "this run"
        yield f"{where} alone says that the {first.aspect.value} of `{first.name}` is {first.text}."
    is_unasked = new.words is not None and new.words.is_unasked
    if not (old.lacks_gaps or new.lacks_gaps or is_unasked) and _pieces(old) != _pieces(new):
        yield "the lock asks for other pieces of this code than those that decide its output here."
    if old.given != new.given:
        yield f"the lock says {dict(old.given)} is given, but here it is {dict(new.given)}."
    prints = dict.fromkeys(each.line for each in (*old.prints, *new.prints))
    ours, theirs = ({each.line: each.text for each in one.prints} for one in (old, new))
    for line in prints:
        if not agree_as_runs(ours.get(line, ""), theirs.get(line, "")):
            yield (
                f"the lock says that line {line} of it prints {ours.get(line, '')!r}, "
                f"but here it was {theirs.get(line, '')!r}."
            )


def _pieces(measured: SnippetMeasurement) -> set[tuple[int, int, str]]:
    """Return the pieces of code that are asked for."""
    return {(gap.line, gap.start, gap.text) for gap in measured.gaps}


def _displayed_differences(
    lock: Lock, drafts: Sequence[Draft], displayed: Iterable[DisplayedVerdict]
) -> Iterator[tuple[Span, str]]:
    known = {each.key: each for each in lock.displayed}
    places = {draft.key: draft.span for draft in drafts}
    for new in displayed:
        old = known.get(new.key)
        span = places.get(CardKey(new.card))
        if old and span and new.is_repeatable and bool(old.fault) is not bool(new.fault):
            ours, theirs = (each.fault or "does what the card says" for each in (old, new))
            yield span, f"the lock says of the code on card {new.card}: {ours}; but here: {theirs}."
