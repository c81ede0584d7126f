"""The application: a guide's text and its lock -> a proved deck and the next lock.

A build has two halves, because code runs in between. `plan_build` reads the guide, atomizes its questions and
finds what has to run; `finish_build` reconciles the cards with the lock, lets the gate decide on each, and
writes the lock. With the cache of the build before, only the chunks of the guide that changed go through
these stages; the result is the same.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from hashlib import sha256
from types import MappingProxyType
from typing import TYPE_CHECKING

from cards.atomize.atomize import QuestionCards, atomize
from cards.build.built_card import FailingCard, build_card, held_failing_card
from cards.build.cache import BuildCache
from cards.build.cached_reading import lock_of_parsed_chunks, read_guide
from cards.build.changes import CardChanges, card_changes
from cards.build.deck_fronts import check_cached_fronts, tell_questions_apart, uncached_chunks
from cards.build.displayed import DisplayedVerdicts, required_displays
from cards.build.gate import gate_deck
from cards.build.held_card import hold_cards
from cards.build.joined_chunks import join_chunks
from cards.build.runs import current_measurements, required_measurements, required_runs
from cards.card.deck import GuideSlug, ProvedDeck
from cards.guide.programs import programs_of
from cards.lock.lock import Lock, UnparsedLock, card_lines_by_id, lock_text, merge_proofs
from cards.lock.reconcile import reconcile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from cards.atomize.coverage import BlockCoverage
    from cards.build.built_card import KeptOutCard
    from cards.build.cached_reading import ReadChunk
    from cards.card.card import CardId, Draft
    from cards.exercise.measurement import SnippetMeasurement
    from cards.guide.guide import Guide
    from cards.guide.heading import HeadingFeatures
    from cards.program.displayed_code import DisplayedVerdict
    from cards.program.program import Program
    from cards.program.runtime import Runtime
    from cards.program.snippet import SnippetName
    from cards.program.verdict import Verdict
    from cards.prove.client.transcript import Transcript
    from cards.prove.measuring.measure import MeasureRequest
    from cards.prove.run_displayed import DisplayRequest
    from cards.stale.named.named_calls import NamedGone


@dataclass(frozen=True, slots=True)
class BuildPlan:
    """A guide made into cards, and what has to run before they may be shown."""

    guide: Guide
    question_cards: tuple[QuestionCards, ...]
    """The cards of each question, in the guide's order; none for a question that is taken over."""
    programs: tuple[Program, ...]
    """All programs of the guide."""
    to_run: tuple[Program, ...]
    """The programs without proofs that count here."""
    verdicts: dict[SnippetName, Verdict]
    """The remembered proofs that count."""
    measured: dict[SnippetName, SnippetMeasurement]
    """The measurements that are valid for the snippets' present text."""
    lock: Lock
    """The last lock without the cards that are taken over."""
    lock_lines: dict[CardId, str]
    """The lines of the lock that are cards; empty for a lock that was parsed before."""
    chunks: tuple[ReadChunk, ...]
    """The guide's, with what the cache knows of them."""
    features: dict[str, tuple[HeadingFeatures, ...]]
    """For the next build's cache."""

    @property
    def deck_cards(self) -> tuple[QuestionCards, ...]:
        """The cards of each question as the deck has them: none asks what another one asks."""
        return tell_questions_apart(self.question_cards)

    @property
    def drafts(self) -> tuple[Draft, ...]:
        """All cards that the build makes, in the guide's order."""
        return tuple(draft for of_question in self.deck_cards for draft in of_question.drafts)

    @property
    def coverage(self) -> tuple[BlockCoverage, ...]:
        """The coverage of each block, in the guide's order."""
        return tuple(block for of_question in self.deck_cards for block in of_question.coverage)

    @property
    def gone(self) -> tuple[NamedGone, ...]:
        """Where the guide's words name what is gone as if it were there, in the guide's order."""
        return tuple(one for of_question in self.question_cards for one in of_question.gone)


@dataclass(frozen=True, slots=True)
class BuildResult:
    """The deck, lock and report of a finished build."""

    deck: ProvedDeck
    lock: str
    """The text of the new lock."""
    cache: BuildCache
    """For the next build."""
    held: tuple[FailingCard, ...]
    """The cards that are kept out."""
    shown_failing: tuple[FailingCard, ...]
    """The cards that are in the deck although their code does not hold."""
    kept_out: tuple[KeptOutCard, ...]
    """The cards that are kept out because their displayed code, run alone, does otherwise than they say."""
    changes: CardChanges
    verdicts: dict[SnippetName, Verdict]

    @property
    def name(self) -> str:
        """What the store calls this build."""
        return sha256(self.lock.encode()).hexdigest()[:16]


def plan_build(
    text: str,
    path: str,
    lock: Lock | UnparsedLock | None,
    runtimes: frozenset[Runtime],
    version_of: Callable[[str], str] = lambda _: "",
    cache: BuildCache | None = None,
    *,
    keep_answers: bool = True,
) -> BuildPlan:
    """Make the guide's cards and find out which code has to run.

    `runtimes` are the versions that are installed here, one for each flavour of Keras, and `version_of` tells
    those of other packages. Remembered proofs count if they were made with them or, where TensorFlow is not
    installed (no runtimes), with any. Of a lock that is not parsed yet, only the lines that matter are.
    Without `keep_answers`, a long guide takes less memory, but only questions with code keep their blocks.
    Raises GuideError, LockError, or StaleCacheError if the lock was edited since the cache was written.
    """
    # Read the guide; what the cache knows of it is not parsed.
    lock_lines = card_lines_by_id(lock.lines) if isinstance(lock, UnparsedLock) else {}
    reading = read_guide(text, path, lock_lines, cache or BuildCache(), keep_answers=keep_answers)
    guide = reading.guide
    known_lock = lock_of_parsed_chunks(lock, lock_lines, reading.chunks) or Lock(guide.slug)
    # Find what must run.
    programs = programs_of(guide)
    runs = required_runs(programs, known_lock, runtimes, version_of)
    proofs = {verdict.snippet: verdict for verdict in known_lock.proofs}
    measured = current_measurements(programs, known_lock.measured, proofs)
    # Atomize.
    question_cards = tuple(
        reading.cards.get(question.slug) or atomize(question, measured, guide.fixtures)
        for question in guide.questions
    )
    check_cached_fronts(_taken_over_lines(reading.chunks, lock_lines), question_cards)
    return BuildPlan(
        guide=guide,
        question_cards=question_cards,
        programs=programs,
        to_run=runs.to_run,
        verdicts=runs.verdicts,
        measured=measured,
        lock=known_lock,
        lock_lines=lock_lines,
        chunks=reading.chunks,
        features=reading.features,
    )


def _taken_over_lines(chunks: Iterable[ReadChunk], lock_lines: Mapping[CardId, str]) -> Iterator[str]:
    """Yield the lines of the lock that are cards of chunks known from the cache."""
    for chunk in chunks:
        if chunk.cached:
            yield from (lock_lines[card] for card, *_ in chunk.cached.cards)


def measure_requests(
    plan: BuildPlan, ran: Iterable[Verdict], second_runs: Mapping[str, Transcript] = MappingProxyType({})
) -> tuple[MeasureRequest, ...]:
    """Return the requests for measurements that are due once the plan's programs have run.

    `second_runs` are the second runs of the programs that were proved just now, by name.
    """
    verdicts = plan.verdicts | {verdict.snippet: verdict for verdict in ran}
    due = required_measurements(plan.guide, plan.programs, plan.lock, verdicts)
    return tuple(replace(each, second=second_runs.get(each.name)) for each in due)


def display_requests(
    plan: BuildPlan, ran: Iterable[Verdict], measured: Iterable[SnippetMeasurement]
) -> tuple[DisplayRequest, ...]:
    """Return the requests for runs of displayed code that are due once all else has run."""
    plan, verdicts = _add_run_results(plan, ran, measured)
    known = DisplayedVerdicts.of(plan.lock.displayed)
    return required_displays(plan.drafts, plan.programs, verdicts, known)


def finish_build(
    plan: BuildPlan,
    ran: Iterable[Verdict],
    now: int,
    measured: Iterable[SnippetMeasurement] = (),
    displayed: Iterable[DisplayedVerdict] = (),
    *,
    include_failing: bool = False,
) -> BuildResult:
    """Return the proved deck and the new lock, given what ran; `now` is in seconds since 1970.

    With `include_failing` cards of code that was tried and does not hold are in the deck too, marked.
    """
    plan, verdicts = _add_run_results(plan, ran, measured)
    guide, lock = plan.guide, plan.lock
    sections: dict[str, str] = {question.slug: question.section for question in guide.questions}
    programs: dict[str, tuple[Program, ...]] = {program.name: (program,) for program in plan.programs}
    # Reconcile: find each card's identity.
    drafts = plan.drafts
    reconciliation = reconcile(guide.slug, lock.cards, drafts, sections, plan.lock_lines)
    reconciliation, held = hold_cards(reconciliation, plan.programs, verdicts)
    # Gate: decide on each card.
    seen = DisplayedVerdicts.of((*lock.displayed, *displayed))
    built_cards = [
        build_card(
            bound,
            sections[bound.draft.slug],
            programs.get(bound.draft.slug, ()),
            verdicts,
            seen,
            now,
            include_failing=include_failing,
        )
        for bound in reconciliation.bound
    ]
    # Lock and deck: what was taken over stands among the rest, in the guide's order.
    joined = join_chunks(
        uncached_chunks(plan.chunks, plan.question_cards, plan.deck_cards),
        guide.span.path,
        plan.lock_lines,
        reconciliation.bound,
        built_cards,
        held,
    )
    retired = tuple(replace(card, retired=True) for card in reconciliation.vanished)
    rest_of_lock = Lock(
        guide.slug,
        retired,
        tuple(verdicts.values()),
        tuple(plan.measured.values()),
        seen.repeatable_of(drafts, plan.programs, verdicts),
    )
    failing = (
        *(built.failing for built in built_cards if built.failing and not built.card),
        *map(held_failing_card, held),
    )
    kept_out = tuple(built.kept_out for built in built_cards if built.kept_out)
    held_ids = [*(each.id for each in failing), *(each.id for each in kept_out)]
    return BuildResult(
        deck=gate_deck(GuideSlug(guide.slug), guide.title, joined.cards, held_ids),
        lock=lock_text(rest_of_lock, joined.lock_lines),
        cache=BuildCache(plan.features, joined.chunks),
        held=failing,
        shown_failing=tuple(built.failing for built in built_cards if built.failing and built.card),
        kept_out=kept_out,
        changes=card_changes(reconciliation, [built.change for built in built_cards], joined.unchanged),
        verdicts=verdicts,
    )


def _add_run_results(
    plan: BuildPlan, ran: Iterable[Verdict], measured: Iterable[SnippetMeasurement]
) -> tuple[BuildPlan, dict[SnippetName, Verdict]]:
    """Return the plan with the cards made from measurements, and all verdicts that count."""
    known = plan.verdicts | {verdict.snippet: verdict for verdict in ran}
    in_order = {
        snippet.name: known[snippet.name]
        for program in plan.programs
        for snippet in program.snippets
        if snippet.name in known
    }
    verdicts = {verdict.snippet: verdict for verdict in merge_proofs(plan.lock.proofs, in_order)}
    measurements = current_measurements(plan.programs, (*plan.lock.measured, *measured), verdicts)
    question_cards = tuple(
        before
        if all(plan.measured.get(each.name) == measurements.get(each.name) for each in question.snippets)
        else atomize(question, measurements, plan.guide.fixtures)
        for question, before in zip(plan.guide.questions, plan.question_cards, strict=True)
    )
    return replace(plan, question_cards=question_cards, measured=measurements), verdicts
