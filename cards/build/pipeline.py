"""The pipeline in one place: text and lock -> proved deck, new lock and what became of everything."""

from __future__ import annotations

from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from cards.atomize.atomize import QuestionCards, atomize
from cards.atomize.code import is_askable
from cards.build.gate import GateDecision, gate_card, gate_deck
from cards.card import sides
from cards.card.card import FAILING_TAG, Card, CardId, CardKey, Draft, content_digest
from cards.card.deck import GuideSlug, ProvedDeck
from cards.exercise.exercise import exercise_of
from cards.exercise.measurement import measure_key
from cards.guide.parse import parse_guide
from cards.guide.programs import programs_of
from cards.lock.lock import Lock, LockedCard, merge_proofs
from cards.lock.reconcile import (
    BoundDraft,
    MatchReason,
    PossibleMatch,
    Reconciliation,
    change_time,
    reconcile,
)
from cards.program.packages import packages_of
from cards.program.proof_key import proof_key
from cards.program.verdict import Verdict, is_excused
from cards.prove.measure import MeasureRequest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from cards.atomize.coverage import BlockCoverage
    from cards.exercise.measurement import SnippetMeasurement
    from cards.guide.guide import Guide, QuestionSlug
    from cards.program.program import Program
    from cards.program.runtime import Runtime
    from cards.program.snippet import SnippetName


@dataclass(frozen=True, slots=True)
class BuildPlan:
    """A guide made into cards, and what has to run before they may be shown."""

    guide: Guide
    atoms: tuple[QuestionCards, ...]
    """The cards of each question, in the guide's order."""
    programs: tuple[Program, ...]
    """All programs of the guide."""
    to_run: tuple[Program, ...]
    """Those without proofs that count here."""
    verdicts: dict[SnippetName, Verdict]
    """The remembered proofs that count."""
    measured: dict[SnippetName, SnippetMeasurement]
    """What was measured of snippets as they are now."""
    lock: Lock
    given: frozenset[CardId] = frozenset()
    """Identities of cards that have no part in this."""

    @property
    def drafts(self) -> tuple[Draft, ...]:
        """All cards, in the guide's order."""
        return tuple(draft for atoms in self.atoms for draft in atoms.drafts)

    @property
    def coverage(self) -> tuple[BlockCoverage, ...]:
        """What became of each block, in the guide's order."""
        return tuple(account for atoms in self.atoms for account in atoms.coverage)


@dataclass(frozen=True, slots=True)
class FailingCard:
    """A card whose code does not hold: kept out of the deck, or in it with a mark."""

    draft: Draft
    failing_snippet: SnippetName
    verdict: Verdict | None
    """What is known of that snippet; None if it could not run here."""
    excused: bool = False
    """The guide itself says why that code does not run."""


@dataclass(frozen=True, slots=True)
class Rebinding:
    """A card that kept its identity although its key changed."""

    id: CardId
    reason: MatchReason
    front: str
    """What it asks now."""
    was: str
    """What it asked before."""


@dataclass(frozen=True, slots=True)
class CardChanges:
    """What a build did to the cards, by identity."""

    new: tuple[CardId, ...] = ()
    changed: tuple[CardId, ...] = ()
    unchanged: tuple[CardId, ...] = ()
    retired: tuple[CardId, ...] = ()
    revived: tuple[CardId, ...] = ()
    rebound: tuple[Rebinding, ...] = ()
    """Cards that were taken for old ones although their key changed."""
    doubts: tuple[PossibleMatch, ...] = ()
    """New cards that may be old ones; a person decides with `relink`."""


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What a build made."""

    deck: ProvedDeck
    lock: Lock
    held: tuple[FailingCard, ...]
    """The cards that are kept out."""
    marked: tuple[FailingCard, ...]
    """The cards that are in the deck although their code does not hold."""
    changes: CardChanges
    verdicts: dict[SnippetName, Verdict]


def plan_build(
    text: str,
    path: str,
    lock: Lock | None,
    runtimes: frozenset[Runtime],
    version_of: Callable[[str], str] = lambda _: "",
) -> BuildPlan:
    """Make the guide's cards and find out which code has to run; raise GuideError for a bad guide.

    `runtimes` are the versions that are installed here, one for each flavour of Keras, and `version_of` tells
    those of other packages. Remembered proofs count if they were made with them or, where TensorFlow is not
    installed (no runtimes), with any.
    """
    return plan_guide(parse_guide(text, path), lock, runtimes, version_of)


def plan_guide(
    guide: Guide,
    lock: Lock | None,
    runtimes: frozenset[Runtime],
    version_of: Callable[[str], str],
    *,
    atoms: Mapping[QuestionSlug, QuestionCards] = MappingProxyType({}),
    given: frozenset[CardId] = frozenset(),
) -> BuildPlan:
    """Do the same for a guide that was read; `atoms` are the cards of questions where they are known."""
    lock = lock or Lock(guide.slug)
    remembered = {verdict.snippet: verdict for verdict in lock.proofs}
    programs = programs_of(guide)
    verdicts: dict[SnippetName, Verdict] = {}
    to_run = []
    for program in programs:
        packages = (
            tuple((name, version_of(name)) for name in packages_of(program.snippets)) if runtimes else ()
        )
        here = frozenset(replace(runtime, packages=packages) for runtime in runtimes)
        counting = _valid_proofs(program, remembered, here)
        verdicts |= counting
        if len(counting) < len(program.snippets):
            to_run.append(program)
    measured = _current_measurements(programs, lock.measured, remembered)
    return BuildPlan(
        guide=guide,
        atoms=tuple(atoms.get(question.slug) or atomize(question, measured) for question in guide.questions),
        programs=programs,
        to_run=tuple(to_run),
        verdicts=verdicts,
        measured=measured,
        lock=lock,
        given=given,
    )


def subjects_to_measure(made: BuildPlan, ran: Iterable[Verdict]) -> tuple[MeasureRequest, ...]:
    """Return the programs with snippets that hold, make cards, and were not measured as they are now."""
    verdicts = made.verdicts | {verdict.snippet: verdict for verdict in ran}
    known = _current_measurements(made.programs, made.lock.measured, verdicts)
    wanted = {
        snippet.name
        for question in made.guide.questions
        for snippet in question.snippets
        if snippet.name not in known
        and (verdict := verdicts.get(snippet.name))
        and verdict.outcome.holds
        and is_askable(question, snippet)
    }
    names = [(program, {snippet.name for snippet in program.snippets}) for program in made.programs]
    return tuple(MeasureRequest(program, frozenset(own & wanted)) for program, own in names if own & wanted)


def finish_build(
    made: BuildPlan,
    ran: Iterable[Verdict],
    now: int,
    measured: Iterable[SnippetMeasurement] = (),
    *,
    include_failing: bool = False,
) -> BuildResult:
    """Return the proved deck and the new lock, given what ran; `now` is in seconds since 1970.

    With `include_failing` cards of code that was tried and does not hold are in the deck too, marked.
    """
    made, verdicts = _apply_run_results(made, ran, measured)
    return _assemble_result(made, verdicts, now, include_failing=include_failing)


def _apply_run_results(
    made: BuildPlan, ran: Iterable[Verdict], measured: Iterable[SnippetMeasurement]
) -> tuple[BuildPlan, dict[SnippetName, Verdict]]:
    """Return the plan with the cards that what was measured makes, and all verdicts that count."""
    fresh = {verdict.snippet: verdict for verdict in ran}
    known = made.verdicts | fresh
    in_order = {
        snippet.name: known[snippet.name]
        for program in made.programs
        for snippet in program.snippets
        if snippet.name in known
    }
    verdicts = {verdict.snippet: verdict for verdict in merge_proofs(made.lock.proofs, in_order)}
    now_known = _current_measurements(made.programs, (*made.lock.measured, *measured), verdicts)
    atoms = tuple(
        before
        if all(made.measured.get(each.name) == now_known.get(each.name) for each in question.snippets)
        else atomize(question, now_known)
        for question, before in zip(made.guide.questions, made.atoms, strict=True)
    )
    return replace(made, atoms=atoms, measured=now_known), verdicts


def _assemble_result(
    made: BuildPlan, verdicts: dict[SnippetName, Verdict], now: int, *, include_failing: bool
) -> BuildResult:
    sections: dict[str, str] = {question.slug: question.section for question in made.guide.questions}
    bindings = reconcile(made.guide.slug, made.lock.cards, made.drafts, sections, made.given)
    snippets = {snippet.name: snippet for program in made.programs for snippet in program.snippets}
    programs = {program.name: (program,) for program in made.programs}
    cards: list[Card] = []
    held: list[FailingCard] = []
    marked: list[FailingCard] = []
    locked: list[LockedCard] = []
    for bound in bindings.bound:
        own = programs.get(bound.draft.slug, ())
        way = gate_card(bound.draft, own, verdicts, include_failing=include_failing)
        tags = (*bound.draft.tags, FAILING_TAG) if way.failing else bound.draft.tags
        digest = content_digest(replace(bound.draft, tags=tags), way.stamp, way.failing)
        card = _build_card(bound, way, change_time(bound, digest, now), tags, own)
        if way.is_shown:
            cards.append(card)
        if way.failing_snippet is not None:
            excused = way.verdict is not None and is_excused(
                snippets[way.failing_snippet], way.verdict.outcome
            )
            failing = FailingCard(bound.draft, way.failing_snippet, way.verdict, excused)
            (marked if way.failing else held).append(failing)
        locked.append(_locked_card(bound, card, way, digest, sections[bound.draft.slug]))
    lock = Lock(
        made.guide.slug,
        (*locked, *(replace(card, retired=True) for card in bindings.vanished)),
        tuple(verdicts.values()),
        tuple(made.measured.values()),
    )
    deck = gate_deck(GuideSlug(made.guide.slug), made.guide.title, cards)
    return BuildResult(
        deck, lock, tuple(held), tuple(marked), _card_changes(bindings, cards, locked), verdicts
    )


def add_proofs(lock: Lock, ran: Iterable[Verdict], measured: Iterable[SnippetMeasurement] = ()) -> Lock:
    """Return the lock as it was with what has run since: proofs outlive a build that comes to no end."""
    old = {verdict.snippet: verdict for verdict in lock.proofs}
    known = {each.snippet: each for each in (*lock.measured, *measured)}
    return replace(
        lock,
        proofs=merge_proofs(lock.proofs, old | {verdict.snippet: verdict for verdict in ran}),
        measured=tuple(known.values()),
    )


def _current_measurements(
    programs: Iterable[Program],
    measured: Iterable[SnippetMeasurement],
    verdicts: Mapping[SnippetName, Verdict],
) -> dict[SnippetName, SnippetMeasurement]:
    """Return what was measured of snippets as they are now, under the versions they were proved with."""
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


def _build_card(
    bound: BoundDraft, way: GateDecision, changed: int, tags: tuple[str, ...], programs: tuple[Program, ...]
) -> Card:
    draft = bound.draft
    return Card(
        kind=draft.kind,
        slug=draft.slug,
        cue=draft.cue,
        front=draft.front,
        back=draft.back,
        context=draft.context,
        breadcrumb=draft.breadcrumb,
        tags=tags,
        snippets=draft.snippets,
        gap=draft.gap,
        span=draft.span,
        id=bound.id,
        changed_at=changed,
        stamp=way.stamp,
        failing=way.failing,
        exercise=exercise_of(draft.snippets[0], draft.gap, programs)
        if draft.gap and not way.failing
        else None,
    )


def _locked_card(bound: BoundDraft, card: Card, way: GateDecision, digest: str, section: str) -> LockedCard:
    """Return the card's line; one that is held back keeps what was last shown of it."""
    before = bound.before
    moment = card.changed_at
    if not way.is_shown:
        digest, moment = (before.digest, before.changed_at) if before else ("", 0)
    return LockedCard(
        id=bound.id,
        key=card.key,
        section=section,
        front=sides.words(card.front),
        back=sides.words(card.back),
        digest=digest,
        changed_at=moment,
        was=_previous_key(before, card),
    )


def _previous_key(before: LockedCard | None, card: Card) -> CardKey:
    """Return the key of a card's last rebinding; one that was never shown has none worth going back to."""
    if before is None or not before.changed_at:
        return CardKey("")
    return before.was if before.key == card.key else before.key


def _card_changes(bindings: Reconciliation, cards: list[Card], locked: list[LockedCard]) -> CardChanges:
    shown = {card.id for card in cards}
    new, changed, unchanged, revived = [], [], [], []
    for bound, after in zip(bindings.bound, locked, strict=True):
        before = bound.before
        if before and before.retired:
            revived.append(bound.id)
        elif bound.id not in shown:
            continue
        elif before is None or not before.digest:
            new.append(bound.id)
        elif before.digest != after.digest:
            changed.append(bound.id)
        else:
            unchanged.append(bound.id)
    retired = tuple(card.id for card in bindings.vanished if not card.retired)
    rebound = tuple(
        Rebinding(bound.id, bound.reason, after.front, bound.before.front)
        for bound, after in zip(bindings.bound, locked, strict=True)
        if bound.reason not in {None, MatchReason.KEY} and bound.before
    )
    return CardChanges(
        tuple(new), tuple(changed), tuple(unchanged), retired, tuple(revived), rebound, bindings.doubts
    )
