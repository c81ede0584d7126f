"""A build that takes over what an earlier one made of the parts of a guide that did not change.

The guide is cut into sheets of whole questions. A sheet is settled if it, its context and its cards'
lines in the lock are as they were: then its cards are bound to those lines by their keys, and show what they
showed. The rest goes through the pipeline of `cards.build.pipeline` as a guide of its own. A sheet with
code is never settled, because its cards depend on proofs, fixtures and the code of other questions.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cards.atomize.atomize import QuestionCards, atomize
from cards.build.cache import BuildCache, CachedChunk, digest_of_values
from cards.build.gate import gate_revision
from cards.build.pipeline import finish_build, plan_guide
from cards.guide.assemble import GuideAssembler
from cards.guide.chunk import chunks_of
from cards.guide.guide import Question
from cards.guide.heading import heading_features
from cards.guide.markdown import segment_elements
from cards.guide.parse import guide_from_contents, parse_guide, strip_front_matter
from cards.guide.segment import segments
from cards.lock.lock import UnparsedLock, card_line, card_lines_by_id, lock_text, parse_lock_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from cards.build.pipeline import BuildPlan, CardChanges, FailingCard
    from cards.card.card import Card, CardId, UnchangedCard
    from cards.card.deck import ProvedDeck, ProvedRevision
    from cards.exercise.measurement import SnippetMeasurement
    from cards.guide.chunk import Chunk
    from cards.guide.element import Element
    from cards.guide.guide import Guide, QuestionSlug
    from cards.guide.heading import HeadingFeatures
    from cards.guide.segment import Segment
    from cards.lock.lock import Lock
    from cards.program.runtime import Runtime
    from cards.program.snippet import SnippetName
    from cards.program.verdict import Verdict


@dataclass(frozen=True, slots=True)
class PlannedChunk:
    """A sheet, and what is known of it or has to be made of it."""

    key: str
    """Of all that its cards depend on, but the lock; empty for one that is never taken over."""
    before: int
    """How many lines of the guide stand before it."""
    title: str = ""
    cached: CachedChunk | None = None
    """What an earlier build made of it; None if that does not count."""
    questions: tuple[Question, ...] = ()
    """What it holds, if there is no leaf."""


@dataclass(frozen=True, slots=True)
class IncrementalPlan:
    """A guide with the parts to take over and the plan for the others."""

    parts: tuple[PlannedChunk, ...]
    plan: BuildPlan
    """For what is open; the settled questions stand in its guide without their blocks."""
    lines: dict[CardId, str]
    """The lock's lines."""
    signs: dict[str, tuple[HeadingFeatures, ...]]


@dataclass(frozen=True, slots=True)
class IncrementalResult:
    """What the build made."""

    deck: ProvedDeck | ProvedRevision
    """A whole deck if nothing was taken over."""
    lock: str
    """The text of the new lock."""
    held: tuple[FailingCard, ...]
    marked: tuple[FailingCard, ...]
    changes: CardChanges
    verdicts: dict[SnippetName, Verdict]
    memory: BuildCache
    """For the next build."""


def plan_incremental(
    text: str,
    path: str,
    lock: Lock | UnparsedLock | None,
    memory: BuildCache,
    runtimes: frozenset[Runtime],
    version_of: Callable[[str], str] = lambda _: "",
) -> IncrementalPlan:
    """Find out what is settled and plan the rest, as `cards.build.pipeline.plan` does.

    Raises GuideError or LockError.

    Of a lock that is given as it is written, only the lines that matter are read.
    """
    lines = card_lines_by_id(lock.lines) if isinstance(lock, UnparsedLock) else {}
    parts, guide, atoms, signs = _read_chunks(
        strip_front_matter(text), path, lines, memory
    ) or _read_as_one_chunk(text, path)
    if isinstance(lock, UnparsedLock):
        settled = {lines[card] for part in parts if part.cached for card, *_ in part.cached.cards}
        slugs = {slug for part in parts if part.cached for slug, *_ in part.cached.questions}
        read = parse_lock_lines(lock.lines, lock.path, settled)
        if any(not card.retired and card.key.split("/", 1)[0] in slugs for card in read.cards):
            # Somebody else wrote this lock: a settled question has cards that nothing made.
            return plan_incremental(text, path, lock, BuildCache(), runtimes, version_of)
        lock = read
    plan = plan_guide(guide, lock, runtimes, version_of, atoms=atoms, given=frozenset(lines))
    return IncrementalPlan(parts, plan, lines, signs)


def finish_incremental(
    revision: IncrementalPlan,
    ran: Iterable[Verdict],
    now: int,
    measured: Iterable[SnippetMeasurement] = (),
    *,
    include_failing: bool = False,
) -> IncrementalResult:
    """Return the proved deck and the new lock, given what ran; `now` is in seconds since 1970."""
    built = finish_build(revision.plan, ran, now, measured, include_failing=include_failing)
    deck, changes, verdicts = built.deck, built.changes, built.verdicts
    held, marked = built.held, built.marked
    active, lock = list(built.lock.active), replace(built.lock, cards=built.lock.retired)
    del built  # in a long guide there is room for the cards of the lock or for their lines
    active.reverse()
    lines: dict[str, list[str]] = defaultdict(list)
    while active:
        locked = active.pop()
        lines[locked.key.split("/", 1)[0]].append(card_line(locked))
    cards: dict[str, list[Card]] = defaultdict(list)
    for card in deck.cards:
        cards[card.slug].append(card)
    path = revision.plan.guide.span.path
    entries: list[Card | UnchangedCard] = []
    new_lines: list[str] = []
    leaves: dict[str, CachedChunk] = {}
    unchanged: list[CardId] = []
    """The cards that are taken over."""
    for part in revision.parts:
        if part.cached:
            kept = part.cached.kept(path, part.before)
            entries += kept
            new_lines += [revision.lines[card.id] for card in kept]
            unchanged += [card.id for card in kept]
            leaves[part.key] = part.cached
            continue
        for question in part.questions:
            entries += cards[question.slug]
            new_lines += lines[question.slug]
        if part.key:
            leaves[part.key] = _cached_chunk(part, cards, lines)
    return IncrementalResult(
        deck=gate_revision(deck, entries) if unchanged else deck,
        lock=lock_text(lock, new_lines),
        held=held,
        marked=marked,
        changes=replace(changes, unchanged=(*unchanged, *changes.unchanged)),
        verdicts=verdicts,
        memory=BuildCache(revision.signs, leaves),
    )


_GuideChunks = tuple[
    tuple[PlannedChunk, ...],
    "Guide",
    dict["QuestionSlug", QuestionCards],
    dict[str, tuple["HeadingFeatures", ...]],
]


def _read_chunks(text: str, path: str, lines: dict[CardId, str], memory: BuildCache) -> _GuideChunks | None:
    """Return the parts of a guide that is in order, with the blocks of the open ones; else None."""
    cut = list(segments(text))
    digests = [digest_of_values(stretch.text) for stretch in cut]
    pieces: dict[int, list[Element]] = {}
    signs: dict[str, tuple[HeadingFeatures, ...]] = {}
    for place, digest in enumerate(digests):
        known = memory.signs.get(digest)
        if known is None:
            pieces[place], problems = segment_elements(cut[place], path)
            if problems:
                return None
            known = heading_features(pieces[place])
        signs[digest] = known
    assembler = GuideAssembler(path)
    parts = []
    atoms: dict[QuestionSlug, QuestionCards] = {}
    for sheet in chunks_of([signs[digest] for digest in digests]):
        key = digest_of_values(
            digests[sheet.first : sheet.after], [role.name for role in sheet.roles], sheet.section
        )
        before = cut[sheet.first].first
        leaf = memory.chunks.get(key)
        if leaf and leaf.lock == _lock_digest([lines.get(card, "") for card, *_ in leaf.cards]):
            for slug, title, section in leaf.questions:
                assembler.keep(Question(slug, title, (), section, ()))
                atoms[slug] = QuestionCards((), ())
            assembler.title = leaf.title or assembler.title
            parts.append(PlannedChunk(key, before, cached=leaf))
        else:
            title, first, fixtures = assembler.title, len(assembler.questions), len(assembler.fixtures)
            assembler.take(tuple(_chunk_elements(cut, sheet, pieces, path)), sheet.roles, sheet.section)
            alone = len(assembler.fixtures) == fixtures
            for place, question in enumerate(assembler.questions[first:], start=first):
                if question.snippets:
                    alone = False
                else:
                    # The answers of a long guide would take more room than the cards that are made of them.
                    atoms[question.slug] = replace(atomize(question), coverage=())
                    assembler.drop_answer(place)
            title = assembler.title if assembler.title != title else ""
            questions = tuple(assembler.questions[first:])
            parts.append(PlannedChunk(key if alone else "", before, title, questions=questions))
    contents = assembler.contents()
    if contents.problems or not contents.questions:
        return None
    return tuple(parts), guide_from_contents(contents, path, text.count("\n") + 1), atoms, signs


def _read_as_one_chunk(text: str, path: str) -> _GuideChunks:
    """Return the guide as one part of which nothing is remembered; raises GuideError with every problem."""
    guide = parse_guide(text, path)
    return (PlannedChunk("", 0, questions=guide.questions),), guide, {}, {}


def _chunk_elements(
    cut: Sequence[Segment], sheet: Chunk, pieces: dict[int, list[Element]], path: str
) -> Iterator[Element]:
    """Yield what a sheet holds; what is read already is not kept any longer."""
    for place in range(sheet.first, sheet.after):
        yield from pieces.pop(place, None) or segment_elements(cut[place], path)[0]


def _cached_chunk(
    part: PlannedChunk, cards: dict[str, list[Card]], lines: dict[str, list[str]]
) -> CachedChunk:
    """Return what the next build may take over."""
    return CachedChunk(
        part.title,
        tuple((question.slug, question.title, question.section) for question in part.questions),
        tuple(
            (card.id, card.kind, place, card.changed_at, card.span.first - part.before)
            for place, question in enumerate(part.questions)
            for card in cards[question.slug]
        ),
        _lock_digest([line for question in part.questions for line in lines[question.slug]]),
    )


def _lock_digest(lines: Iterable[str]) -> str:
    return digest_of_values("\n".join(lines))
