"""Read a guide with the last build's cache: unchanged chunks come from the cache and are not parsed.

The cards of a chunk are taken over if the chunk, its context and its cards' lines in the lock are as they
were. A chunk with code is never taken over, because its cards depend on proofs, fixtures and the code of
other questions; what its text and its cards alone come to is taken from a cache of parts.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cards.atomize.atomize import QuestionCards, atomize
from cards.build.cache import BuildCache, CachedChunk, FrontsOfQuestion
from cards.build.shares.helper import help_reading
from cards.card.card import question_of_key
from cards.errors import KnownTwinError, StaleCacheError
from cards.guide.element import Fence
from cards.guide.guide import Question
from cards.guide.reading.parse import GuideReader, Reading, read_with_retries
from cards.guide.reading.segment import digest_of
from cards.lock.lock import UnparsedLock, parse_lock_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from cards.build.shares.helper import Helpers
    from cards.card.card import Card, CardId
    from cards.guide.guide import Guide, QuestionSlug
    from cards.guide.heading.features import HeadingFeatures
    from cards.guide.reading.chunk import Chunk
    from cards.guide.reading.markdown import SegmentElements
    from cards.lock.lock import Lock
    from cards.part_cache import PartCache


@dataclass(frozen=True, slots=True)
class ReadChunk:
    """A chunk of a guide, either known from the cache or parsed."""

    key: str
    """Digest of all that its cards depend on, but the lock; empty for a chunk that is never taken over."""
    lines_before: int
    """How many lines of the guide stand before it."""
    title: str = ""
    """The guide's title, if the chunk holds it."""
    cached: CachedChunk | None = None
    """The last build's result for it; None if that is not valid now."""
    questions: tuple[Question, ...] = ()
    """Its questions, if it was parsed."""


@dataclass(frozen=True, slots=True)
class GuideReading:
    """A guide, and which of its chunks are known from the last build."""

    guide: Guide
    """Questions that are taken over stand in it without their blocks."""
    chunks: tuple[ReadChunk, ...]
    cards: dict[QuestionSlug, QuestionCards]
    """The cards of questions that are atomized already; none for those that are taken over."""
    features: dict[str, tuple[HeadingFeatures, ...]]
    """The headings of each segment by its digest, for the next build's cache."""


def read_guide(
    text: str,
    path: str,
    lock_lines: Mapping[CardId, str],
    cache: BuildCache,
    parts: PartCache,
    *,
    keep_answers: bool,
    language: str = "",
    processes: int = 1,
) -> GuideReading:
    """Return the guide, with its unchanged chunks from the cache; raises GuideError if it has no question.

    `lock_lines` are the lines of the lock that are cards. Without `keep_answers`, questions without code are
    atomized at once and lose their blocks and coverage: in a long guide those take more room than its cards.
    `language` is that of a guide whose front matter names none. A long guide that loses them is read by so
    many `processes`. What chunks that have to be read hold is taken from `parts`.
    """

    def read(how: Reading) -> GuideReading:
        if how is Reading.IN_SEGMENTS:
            with suppress(KnownTwinError):
                return read_with(cache, how)
        return read_with(BuildCache(), how)

    def read_with(known: BuildCache, how: Reading) -> GuideReading:
        reader = GuideReader(text, path, known.features, how=how, language=language)
        with help_reading(reader, 1 if keep_answers else processes) as helpers:
            return _read_chunks(reader, lock_lines, known, parts, helpers, keep_answers=keep_answers)

    return read_with_retries(read)


def lock_of_parsed_chunks(
    lock: Lock | UnparsedLock | None, lock_lines: Mapping[CardId, str], chunks: Iterable[ReadChunk]
) -> Lock | None:
    """Return the lock without the cards of cached chunks; raise StaleCacheError if others remain."""
    if not isinstance(lock, UnparsedLock):
        return lock
    taken_over = [chunk.cached for chunk in chunks if chunk.cached]
    lines = {lock_lines[card] for cached in taken_over for card, *_ in cached.cards}
    slugs = {slug for cached in taken_over for slug, *_ in cached.questions}
    others = parse_lock_lines(lock.lines, lock.path, lines)
    if any(not card.retired and question_of_key(card.key) in slugs for card in others.cards):
        raise StaleCacheError(f"{lock.path} has cards of unchanged questions that no build made.")
    return others


def cached_chunk(
    chunk: ReadChunk,
    cards: Mapping[str, list[Card]],
    lock_lines: Mapping[str, list[str]],
    fronts: Mapping[str, FrontsOfQuestion],
) -> CachedChunk:
    """Return a chunk's entry for the next build's cache.

    Given are the cards, the lock lines and the fronts of each question.
    """
    known = [fronts[question.slug] for question in chunk.questions if question.slug in fronts]
    return CachedChunk(
        chunk.title,
        tuple((question.slug, question.title, question.section) for question in chunk.questions),
        tuple(
            (
                card.id,
                card.kind,
                place,
                card.changed_at,
                card.span.first - chunk.lines_before,
                card.block,
                card.said,
                card.term,
            )
            for place, question in enumerate(chunk.questions)
            for card in cards.get(question.slug, ())
        ),
        _digest_of_lines(line for question in chunk.questions for line in lock_lines.get(question.slug, ())),
        tuple(sorted(front for each in known for front in each.alone)),
        tuple(front for each in known for front in each.shared),
    )


def _read_chunks(
    reader: GuideReader,
    lock_lines: Mapping[CardId, str],
    cache: BuildCache,
    parts: PartCache,
    helpers: Helpers,
    *,
    keep_answers: bool,
) -> GuideReading:
    chunks: list[ReadChunk] = []
    cards: dict[QuestionSlug, QuestionCards] = {}
    all_chunks = list(reader.chunks())
    keys = [reader.key(chunk) for chunk in all_chunks]
    valid = [_valid_chunk(cache.chunks.get(key), lock_lines) for key in keys]
    helpers.give([chunk for chunk, cached in zip(all_chunks, valid, strict=True) if cached is None])
    for chunk, key, cached in zip(all_chunks, keys, valid, strict=True):
        if cached is not None:
            known = [Question(slug, title, (), section, ()) for slug, title, section in cached.questions]
            reader.add_known(known, cached.title)
            cards.update((question.slug, QuestionCards((), ())) for question in known)
            chunks.append(ReadChunk(key, reader.lines_before(chunk), cached=cached))
        elif settled := helpers.take(chunk, reader):
            reader.add_settled(settled.questions, settled.title, settled.answers)
            cards.update(zip((each.slug for each in settled.questions), settled.cards, strict=True))
            before = reader.lines_before(chunk)
            chunks.append(ReadChunk(key, before, settled.title, questions=settled.questions))
        else:
            chunks.append(_parse_chunk(reader, chunk, key, parts, cards, keep_answers=keep_answers))
    return GuideReading(reader.guide(), tuple(chunks), cards, reader.features)


def _valid_chunk(cached: CachedChunk | None, lock_lines: Mapping[CardId, str]) -> CachedChunk | None:
    """Return a cached chunk if its cards' lines in the lock are as they were."""
    if cached is None:
        return None
    digest = _digest_of_lines(lock_lines.get(card, "") for card, *_ in cached.cards)
    return cached if digest == cached.lock else None


def _parse_chunk(
    reader: GuideReader,
    chunk: Chunk,
    key: str,
    parts: PartCache,
    cards: dict[QuestionSlug, QuestionCards],
    *,
    keep_answers: bool,
) -> ReadChunk:
    """Return a chunk that is parsed; add the cards of questions that lose their answers to `cards`."""
    segments = parts.recall(
        reader.facts(chunk), reader.span(chunk), lambda: reader.read_segments(chunk), _is_kept
    )
    reader.add_segments(chunk, segments)
    parsed = reader.parse(chunk)
    questions = list(parsed.questions)
    for number, question in enumerate(questions):
        if keep_answers or question.snippets or question.has_pictures:
            continue
        made = atomize(question, has_coverage=False)
        if made.drafts:  # else its author is told why
            cards[question.slug] = made
            questions[number] = reader.drop_answer(parsed.place + number)
    key = key if parsed.stands_alone else ""
    return ReadChunk(key, reader.lines_before(chunk), parsed.title, questions=tuple(questions))


def _is_kept(segments: Iterable[SegmentElements]) -> bool:
    """Tell whether elements are worth keeping: with code, else the chunk is, and no line is in a sentence."""
    return any(isinstance(element, Fence) for each in segments for element in each.elements) and not any(
        each.warnings for each in segments
    )


def _digest_of_lines(lines: Iterable[str]) -> str:
    return digest_of("\n".join(lines))
