"""The application: a guide's text and its lock -> a proved deck and the next lock.

A build has two halves, because code runs in between. `plan_build` reads the guide, atomizes its questions and
finds what has to run; `finish_build` reconciles the cards with the lock, lets the gate decide on each, and
writes the lock. With the cache of the build before, only the chunks of the guide that changed go through
these stages; the result is the same.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from hashlib import sha256
from itertools import chain
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from cards.atomize.atomize import QuestionCards, atomize
from cards.atomize.coverage import LostQuestion
from cards.build.built_card import FailingCard, WrittenCard, build_card, draft_texts, held_failing_card
from cards.build.cache import BuildCache
from cards.build.cached_reading import lock_of_parsed_chunks, read_guide
from cards.build.changes import CardChanges, card_changes
from cards.build.deck_fronts import RememberedFronts
from cards.build.displayed import DisplayedVerdicts, display_keys, required_displays
from cards.build.gate import gate_deck
from cards.build.held_card import (
    CODE_KINDS,
    NOTHING_AWAITED,
    AwaitedCards,
    hold_cards,
    wait_for_answers,
    wait_for_measuring,
)
from cards.build.joined_chunks import join_chunks
from cards.build.pictures import name_pictures
from cards.build.renamed import take_over_renamed
from cards.build.runs import ValidFindings, required_measurements, required_runs, valid_measurements
from cards.card.card import Card
from cards.card.deck import GuideSlug, ProvedDeck
from cards.card.kind import CardKind
from cards.errors import StaleCacheError
from cards.guide.programs import programs_of
from cards.lock.arrival import take_in
from cards.lock.lock import Lock, UnparsedLock, card_line, card_lines_by_id, lock_text
from cards.lock.proofs import Proofs
from cards.lock.reconcile import reconcile
from cards.part_cache import PartCache
from cards.shared_work import share_work

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from cards.atomize.coverage import BlockCoverage
    from cards.build.built_card import KeptOutCard
    from cards.build.cached_reading import ReadChunk
    from cards.build.pictures import PictureReader
    from cards.card.card import CardId, Draft
    from cards.card.picture import PictureFile
    from cards.exercise.measurement import SnippetMeasurement
    from cards.guide.guide import Guide, Question
    from cards.guide.heading.features import HeadingFeatures
    from cards.lock.arrival import CardsElsewhere
    from cards.lock.lock import LockedCard
    from cards.lock.reconcile import Reconciliation
    from cards.lock.run_record import Finding
    from cards.program.displayed_code import DisplayedVerdict
    from cards.program.program import Program
    from cards.program.runtime import Runtime
    from cards.program.snippet import Snippet, SnippetName
    from cards.program.verdict import Verdict
    from cards.prove.client.transcript import Transcript
    from cards.prove.measuring.measure import MeasureRequest
    from cards.prove.prove_program import ProofRequest
    from cards.prove.run_displayed import DisplayRequest
    from cards.stale.named.named_calls import NamedGone


_GAPS = frozenset({CardKind.COMPLETE})


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
    valid: ValidFindings
    """What of the lock's findings is valid for the snippets' present text."""
    lock: Lock
    """The last lock without the cards that are taken over."""
    lock_lines: dict[CardId, str]
    """The lines of the lock that are cards; empty for a lock that was parsed before."""
    chunks: tuple[ReadChunk, ...]
    """The guide's, with what the cache knows of them."""
    features: dict[str, tuple[HeadingFeatures, ...]]
    """For the next build's cache."""
    pictures: tuple[PictureFile, ...] = ()
    """The files of the guide's pictures."""
    deck_name: str = ""
    """What the deck is called where that is not the guide's title."""
    written: Mapping[CardId, WrittenCard] = field(default_factory=dict)
    """The cards of decks that were written before all code had run."""
    parts: PartCache = field(default_factory=PartCache, compare=False, repr=False)
    """For the next build's cache: what was made of single questions."""
    fronts: RememberedFronts = field(default_factory=RememberedFronts, compare=False, repr=False)

    @property
    def measured(self) -> dict[SnippetName, SnippetMeasurement]:
        """The measurements that are valid for the snippets' present text, whatever they were made with."""
        return self.valid.measurements

    @property
    def deck_cards(self) -> tuple[QuestionCards, ...]:
        """The cards of each question as the deck has them: none asks what another one asks."""
        return self.fronts.told_apart(self.question_cards, self.chunks)

    @property
    def drafts(self) -> tuple[Draft, ...]:
        """All cards that the build makes, in the guide's order."""
        return tuple(draft for of_question in self.deck_cards for draft in of_question.drafts)

    @property
    def coverage(self) -> tuple[BlockCoverage, ...]:
        """The coverage of each block, in the guide's order."""
        return tuple(block for of_question in self.deck_cards for block in of_question.coverage)

    @property
    def without_cards(self) -> tuple[LostQuestion, ...]:
        """The questions of which no card is made, in the guide's order; a cache has none of them."""
        taken_over = {slug for chunk in self.chunks if chunk.cached for slug, *_ in chunk.cached.questions}
        return tuple(
            LostQuestion(question, made.coverage)
            for question, made in zip(self.guide.questions, self.question_cards, strict=True)
            if not made.drafts and question.task is None and question.slug not in taken_over
        )

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
    without_cards: tuple[LostQuestion, ...]
    """The questions of which no card is made though all their code holds."""
    changes: CardChanges
    verdicts: dict[SnippetName, Verdict]
    plan: BuildPlan
    """What was built, with the cards made of all that was measured."""
    awaited: AwaitedCards = NOTHING_AWAITED
    """The cards that come once all is measured."""
    findings: tuple[Finding, ...] = ()
    """All that was seen of code, now or earlier, and counts here."""
    remembered: tuple[Runtime, ...] = ()
    """All runtimes that the lock has proofs of, the newest TensorFlow first."""
    newly_retired: tuple[LockedCard, ...] = ()
    """The cards that the guide made before and makes no more."""
    cards_before: int = 0
    """How many cards the guide made before."""

    @property
    def runtimes(self) -> tuple[Runtime, ...]:
        """The runtimes whose proofs count here, the newest TensorFlow first."""
        return Proofs(tuple(self.verdicts.values())).runtimes

    @property
    def other_runtimes(self) -> tuple[Runtime, ...]:
        """The remembered runtimes whose proofs do not count here."""
        here = self.runtimes
        return tuple(each for each in self.remembered if each not in here)

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
    can_run: bool = True,
    pictures: PictureReader | None = None,
    language: str = "",
    processes: int = 1,
    parts: PartCache | None = None,
) -> BuildPlan:
    """Make the guide's cards and find out which code has to run.

    `runtimes` are the versions that are installed here: one for each flavour of Keras, and one for code that
    uses no TensorFlow; `version_of` tells those of other packages. Remembered proofs count if they were made
    with them. What cannot run (not `can_run`, or no runtime for such code because TensorFlow is not
    installed) and was not proved with them counts as the newest TensorFlow saw it. Of a lock that is not
    parsed yet, only the lines that matter are.
    Without `keep_answers`, a long guide takes less memory, but only questions with code keep their blocks.
    `pictures` reads the guide's pictures; without it, cards show none. `language` is that of a guide whose
    front matter names none. A long guide that loses its blocks is read by so many `processes`. What single
    `parts` come to is taken from there.
    Raises GuideError, LockError, or StaleCacheError if the lock was edited since the cache was written.
    """
    # Read the guide; what the cache knows of it is not parsed.
    lock_lines = card_lines_by_id(lock.lines) if isinstance(lock, UnparsedLock) else {}
    parts = parts or PartCache()
    reading = read_guide(
        text,
        path,
        lock_lines,
        cache or BuildCache(),
        parts,
        keep_answers=keep_answers,
        language=language,
        processes=processes,
    )
    guide, files = name_pictures(reading.guide, pictures) if pictures else (reading.guide, ())
    known_lock = lock_of_parsed_chunks(lock, lock_lines, reading.chunks) or Lock(guide.slug)
    # Find what must run.
    programs = programs_of(guide)
    proofs = known_lock.proofs.valid_for(programs)
    renamed = take_over_renamed(known_lock, proofs, programs)
    if renamed is not known_lock:
        known_lock, proofs = renamed, renamed.proofs.valid_for(programs)
    built_under = {each.runtime.without_packages for each in known_lock.displayed if each.runtime}
    runs = required_runs(
        programs, proofs, runtimes, version_of, parts, can_run=can_run, built_under=built_under
    )
    valid = ValidFindings.of(known_lock, proofs, programs, parts)
    measured = valid.measurements
    # Atomize.
    question_cards = tuple(
        reading.cards.get(question.slug) or _atomize_once(parts, question, measured, guide.fixtures)
        for question in guide.questions
    )
    fronts = RememberedFronts()
    if told_otherwise := fronts.of(question_cards, reading.chunks).chunks_told_otherwise(reading.chunks):
        return plan_build(
            text,
            path,
            lock,
            runtimes,
            version_of,
            cache and cache.without(told_otherwise),
            keep_answers=keep_answers,
            can_run=can_run,
            pictures=pictures,
            language=language,
            processes=processes,
            parts=parts,
        )
    return BuildPlan(
        guide=guide,
        question_cards=question_cards,
        programs=programs,
        to_run=runs.to_run,
        verdicts=runs.verdicts,
        valid=valid,
        lock=known_lock,
        lock_lines=lock_lines,
        chunks=reading.chunks,
        features=reading.features,
        pictures=files,
        parts=parts,
        fronts=fronts,
    )


def after_writing(plan: BuildPlan, result: BuildResult) -> BuildPlan:
    """Return the plan once the deck of a result of it was written, before all its code has run."""
    cards = {
        card.id: WrittenCard(card.digest, card.changed_at)
        for card in result.deck.cards
        if isinstance(card, Card)
    }
    return replace(plan, written={**plan.written, **cards})


def run_anew(plan: BuildPlan) -> BuildPlan:
    """Return the plan with all code to be run, measured and displayed again, whatever the lock says of it."""
    return replace(
        plan,
        to_run=plan.programs,
        verdicts={},
        lock=replace(plan.lock, measured=(), displayed=()),
    )


def measure_requests(
    plan: BuildPlan,
    ran: Iterable[Verdict],
    runs: Mapping[str, tuple[Transcript, Transcript]] = MappingProxyType({}),
    *,
    gaps: bool = True,
) -> tuple[MeasureRequest, ...]:
    """Return the requests for measurements that are due once the plan's programs have run.

    `runs` are the two runs of the programs that were proved just now, by name. Without `gaps` one that only
    lacks its gaps is not due.
    """
    plan, seen = _add_run_results(plan, ran, ())
    due = required_measurements(
        plan.guide, plan.programs, plan.valid.measured, seen.verdicts, plan.parts, gaps=gaps
    )
    return tuple(replace(each, runs=runs.get(each.name)) for each in due)


def awaited_cards(
    plan: BuildPlan,
    ran: Iterable[Verdict] = (),
    measured: Iterable[SnippetMeasurement] = (),
    *,
    is_for_now: bool = True,
) -> AwaitedCards:
    """Return the cards that come once the plan's code is measured, given what is measured of it by now."""
    plan, seen = _add_run_results(plan, ran, measured)
    of_guide = plan.guide, plan.programs, plan.valid.measured, seen.verdicts, plan.parts
    due = required_measurements(*of_guide)
    unseen = {each.name for each in required_measurements(*of_guide, gaps=False)} if due else set()
    kinds = {each.name: CODE_KINDS if each.name in unseen else _GAPS for each in due}
    unsettled = frozenset(name for each in due for name in each.wanted)
    return AwaitedCards(kinds, unsettled, is_for_now)


def proof_requests(plan: BuildPlan, *, is_measured: bool = True) -> tuple[ProofRequest, ...]:
    """Return the requests for the proofs that are due: of programs, and whether they are measured then.

    With `is_measured` false, none is.
    """
    if not plan.to_run:
        return ()
    from cards.prove.prove_program import ProofRequest

    remembered = plan.verdicts | {verdict.snippet: verdict for verdict in plan.lock.proofs.verdicts}
    valid = valid_measurements(plan.to_run, plan.lock.measured, plan.lock.proofs, plan.parts)
    due = {
        each.name for each in required_measurements(plan.guide, plan.to_run, valid, remembered, plan.parts)
    }
    return tuple(
        ProofRequest(
            program,
            is_measured
            and (program.name in due or any(each.name not in remembered for each in program.snippets)),
        )
        for program in plan.to_run
    )


def display_requests(
    plan: BuildPlan,
    ran: Iterable[Verdict],
    measured: Iterable[SnippetMeasurement],
    displayed: Iterable[DisplayedVerdict] = (),
) -> tuple[DisplayRequest, ...]:
    """Return the requests for runs of displayed code that are due once all else has run.

    What was `displayed` since the plan was made does not run again.
    """
    plan, seen = _add_run_results(plan, ran, measured)
    known = DisplayedVerdicts.of((*plan.lock.displayed, *displayed))
    drafts = plan.drafts
    keys = display_keys(drafts, plan.programs, seen.verdicts, seen.proofs, plan.parts)
    return required_displays(drafts, plan.programs, seen.verdicts, known, keys)


def finish_build(
    plan: BuildPlan,
    ran: Iterable[Verdict],
    now: int,
    measured: Iterable[SnippetMeasurement] = (),
    displayed: Iterable[DisplayedVerdict] = (),
    *,
    include_failing: bool = False,
    elsewhere: CardsElsewhere | None = None,
    awaited: AwaitedCards = NOTHING_AWAITED,
) -> BuildResult:
    """Return the proved deck and the new lock, given what ran; `now` is in seconds since 1970.

    With `include_failing` cards of code that was tried and does not hold are in the deck too, marked.
    `elsewhere` finds cards that vanished from other guides, and cards of this one that the lock does not have
    so: a new card with the words of one is that card.
    The cards that are `awaited` from measuring are held, not retired.
    """
    plan, counting = _add_run_results(plan, ran, measured)
    guide, lock, verdicts = plan.guide, plan.lock, _placed(plan.programs, counting.verdicts)
    sections: dict[str, str] = {question.slug: question.section for question in guide.questions}
    programs: dict[str, tuple[Program, ...]] = {program.name: (program,) for program in plan.programs}
    # Reconcile: find each card's identity.
    drafts = plan.drafts

    def reconciled(some: Sequence[Draft], taken: Collection[CardId] = ()) -> Reconciliation:
        remembered = [card for card in lock.cards if card.id not in taken]
        return reconcile(lock.id, remembered, some, sections, (*plan.lock_lines, *taken))

    reconciliation = reconciled(drafts)
    reconciliation = take_in(reconciliation, elsewhere, reconciled) if elsewhere else reconciliation
    reconciliation, held = hold_cards(reconciliation, plan.programs, verdicts)
    reconciliation, waiting = wait_for_answers(reconciliation, frozenset(guide.unanswered))
    reconciliation, unmeasured = wait_for_measuring(reconciliation, awaited)
    # Gate: decide on each card.
    seen = DisplayedVerdicts.of((*lock.displayed, *displayed))
    keys = display_keys(drafts, plan.programs, counting.verdicts, counting.proofs, plan.parts)
    texts = share_work(draft_texts, [bound.draft for bound in reconciliation.bound])
    built_cards = [
        build_card(
            bound,
            of_draft,
            sections[bound.draft.slug],
            programs.get(bound.draft.slug, ()),
            verdicts,
            seen.find(bound.draft, counting.verdicts, keys),
            counting.proofs.by_snippet,
            now,
            plan.written.get(bound.id),
            include_failing=include_failing,
        )
        for bound, of_draft in zip(reconciliation.bound, chain.from_iterable(texts), strict=True)
    ]
    fronts = plan.fronts.of(plan.question_cards, plan.chunks)
    if fronts.chunks_told_otherwise(plan.chunks):
        raise StaleCacheError("A card made of a measurement asks the same as one of an unchanged question.")
    # Lock and deck: what was taken over stands among the rest, in the guide's order.
    joined = join_chunks(
        plan.chunks,
        guide.span.path,
        plan.lock_lines,
        reconciliation.bound,
        built_cards,
        fronts,
        (*held, *unmeasured),
    )
    plan.fronts.forget()
    lock_lines = [*joined.lock_lines, *(card_line(one.card) for one in waiting)]
    retired = tuple(replace(card, retired=True) for card in reconciliation.vanished)
    rest_of_lock = Lock(
        guide.slug,
        retired,
        counting.proofs,
        tuple(plan.measured.values()),
        seen.repeatable_of(drafts, counting.proofs, keys),
        made_id=lock.id,
        deck=lock.deck,
        foreign=lock.foreign,
        unknown=lock.unknown,
    )
    built_under = {verdict.runtime for verdict in verdicts.values()}
    failing = (
        *(built.failing for built in built_cards if built.failing and not built.card),
        *map(held_failing_card, held),
    )
    kept_out = tuple(built.kept_out for built in built_cards if built.kept_out)
    held_ids = [
        *(each.id for each in failing),
        *(each.id for each in kept_out),
        *(each.card.id for each in waiting),
        *(each.card.id for each in unmeasured),
    ]
    return BuildResult(
        deck=gate_deck(
            GuideSlug(guide.slug),
            guide.title,
            joined.cards,
            held_ids,
            plan.pictures,
            lock.id,
            plan.deck_name or guide.front_matter.deck,
            [(question.slug, question.title) for question in guide.questions],
        ),
        lock=lock_text(rest_of_lock, lock_lines),
        cache=BuildCache(plan.features, joined.chunks),
        held=failing,
        shown_failing=tuple(built.failing for built in built_cards if built.failing and built.card),
        kept_out=kept_out,
        without_cards=tuple(
            lost
            for lost in plan.without_cards
            if all(
                one.name not in verdicts or verdicts[one.name].outcome.holds for one in lost.question.snippets
            )
        ),
        changes=card_changes(reconciliation, [built.change for built in built_cards], joined.unchanged),
        verdicts=verdicts,
        plan=plan,
        awaited=awaited,
        findings=(
            *counting.verdicts.values(),
            *rest_of_lock.measured,
            *(each for each in rest_of_lock.displayed if each.runtime in built_under),
        ),
        remembered=counting.proofs.runtimes,
        newly_retired=tuple(card for card in reconciliation.vanished if not card.retired),
        cards_before=len(joined.unchanged) + len(lock.active),
    )


def _placed(
    programs: Sequence[Program], verdicts: Mapping[SnippetName, Verdict]
) -> dict[SnippetName, Verdict]:
    """Return the verdicts with the lines that they name where they stand in the guide now."""
    by_name = {snippet.name: snippet for program in programs for snippet in program.snippets}
    return {name: verdict.placed(by_name) for name, verdict in verdicts.items()}


def _atomize_once(
    parts: PartCache,
    question: Question,
    measurements: Mapping[SnippetName, SnippetMeasurement],
    fixtures: tuple[Snippet, ...],
) -> QuestionCards:
    """Return the cards of a question as it is measured; made once, however often builds ask for them."""
    own = {each.name: measurements[each.name] for each in question.snippets if each.name in measurements}
    return parts.recall(
        (parts.fact(question, question.span), own, fixtures),
        question.span,
        lambda: atomize(question, own, fixtures),
        # Where something gone is named stands in lines that are no spans.
        lambda made: not made.gone,
    )


def _cards_as_measured(
    plan: BuildPlan, measured: Mapping[SnippetName, SnippetMeasurement]
) -> tuple[QuestionCards, ...]:
    """Return the cards of each question as its code is measured; the plan's own where none is otherwise."""
    before = plan.measured
    made = tuple(
        cards
        if all(before.get(each.name) == measured.get(each.name) for each in question.snippets)
        else _atomize_once(plan.parts, question, measured, plan.guide.fixtures)
        for question, cards in zip(plan.guide.questions, plan.question_cards, strict=True)
    )
    is_same = all(one is cards for one, cards in zip(made, plan.question_cards, strict=True))
    return plan.question_cards if is_same else made


class _KnownProofs(NamedTuple):
    proofs: Proofs
    """Those of the code as it is now, of all runtimes."""
    verdicts: dict[SnippetName, Verdict]
    """Those that count here."""


def _add_run_results(
    plan: BuildPlan, ran: Iterable[Verdict], measured: Iterable[SnippetMeasurement]
) -> tuple[BuildPlan, _KnownProofs]:
    """Return the plan with the cards made from measurements, and all that is proved."""
    ran, measured = tuple(ran), tuple(measured)
    known = plan.verdicts | {verdict.snippet: verdict for verdict in ran}
    valid = plan.valid
    if ran or measured or not valid.is_of(plan.lock):
        proofs = plan.lock.proofs.add(known.values()).valid_for(plan.programs)
        all_measured = replace(plan.lock, measured=(*plan.lock.measured, *measured))
        valid = ValidFindings.of(all_measured, proofs, plan.programs, plan.parts)
        plan = replace(plan, question_cards=_cards_as_measured(plan, valid.measurements), valid=valid)
    in_order = [
        known[snippet.name]
        for program in plan.programs
        for snippet in program.snippets
        if snippet.name in known
    ]
    verdicts = {one.snippet: valid.proofs.find(one.snippet, one.runtime) or one for one in in_order}
    return plan, _KnownProofs(valid.proofs, verdicts)
