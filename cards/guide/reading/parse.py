"""Parse Markdown text into a Guide; what cannot be read as its author meant is a warning with its line.

The forms are those of docs/guide-reference.md. A guide is read chunk by chunk, so that a build can do without
the chunks that it knows from the build before.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from itertools import chain
from pathlib import PurePath
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeVar

from cards.errors import GuideError, NoQuestionError, Problem
from cards.guide.form.recognisers import recognise_text
from cards.guide.form.unclosed import close_fences
from cards.guide.front.front_matter import read_front_matter
from cards.guide.guide import Guide
from cards.guide.heading.features import heading_features
from cards.guide.heading.slug import slug_of
from cards.guide.reading.assemble import GuideAssembler
from cards.guide.reading.chunk import chunks_of
from cards.guide.reading.markdown import SegmentElements, segment_elements
from cards.guide.reading.segment import Segment, digest_of, segments
from cards.hidden_text import clear_text
from cards.language.natural_language import language_named
from cards.language.written_language import GuideLanguage
from cards.span import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from cards.guide.element import Element
    from cards.guide.guide import Question, QuestionSlug
    from cards.guide.heading.features import HeadingFeatures
    from cards.guide.reading.chunk import Chunk


T = TypeVar("T")

_NOTHING_KNOWN: Mapping[str, tuple[HeadingFeatures, ...]] = MappingProxyType({})


def parse_guide(text: str, path: str) -> Guide:
    """Return the guide that the text describes; raises GuideError if it has no question.

    `path` is used in spans and messages and gives the guide its slug.
    """
    return read_with_retries(lambda how: _parse_all(GuideReader(text, path, how=how)))


class Reading(Enum):
    """How a guide is read, each way where the one before found nothing."""

    IN_SEGMENTS = auto()
    """Segment by segment."""
    IN_ONE_PIECE = auto()
    """Where a cut may lie within a block that is left open."""
    AT_LAST = auto()
    """With questions of every form, where no other has any."""


def read_with_retries(read: Callable[[Reading], T]) -> T:
    """Return what the first way of reading gives that finds a question; raises GuideError if none does."""
    try:
        return read(Reading.IN_SEGMENTS)
    except GuideError:
        pass
    try:
        return read(Reading.IN_ONE_PIECE)
    except NoQuestionError as error:
        try:
            return read(Reading.AT_LAST)
        except GuideError:
            raise error from None


@dataclass(frozen=True, slots=True)
class ParsedChunk:
    """The questions and fixtures parsed from a chunk of a guide."""

    questions: tuple[Question, ...]
    place: int
    """How many questions of the guide stand before these."""
    title: str
    """The guide's title, if the chunk holds it."""
    stands_alone: bool
    """Whether it has no code, picture or blemish, and no question whose words stand elsewhere too."""
    has_asides: bool
    """Whether something stands in it outside of every question."""


class GuideReader:
    """Reads a guide chunk by chunk: each is parsed, or added as known from an earlier reading.

    Where a cut may lie within a block that is left open, reading in segments ends with a GuideError.
    `language` is that of a guide whose front matter names none; empty for what its words look like.
    """

    def __init__(
        self,
        text: str,
        path: str,
        known_features: Mapping[str, tuple[HeadingFeatures, ...]] = _NOTHING_KNOWN,
        *,
        how: Reading = Reading.IN_SEGMENTS,
        language: str = "",
    ) -> None:
        self._path = path
        self._how = how
        body = read_front_matter(text, path)
        self._front_matter = body.front_matter
        cleared = clear_text(body.text, path)
        closed = close_fences(cleared.text)
        self._text = recognise_text(closed)
        self._warnings = [*body.warnings, *cleared.warnings, *_closed_fences(cleared.text, closed, path)]
        whole = how is not Reading.IN_SEGMENTS
        self._segments = [Segment(0, self._text)] if whole else list(segments(self._text))
        self._digests = [segment.digest for segment in self._segments]
        self._elements: dict[int, list[Element]] = {}
        self._blemishes: dict[int, list[Problem]] = {}
        """What reading each segment warned of."""
        self._problems: list[Problem] = list(cleared.problems)
        self._language = GuideLanguage.of(self._text, language_named(self._front_matter.lang or language))
        self._assembler = GuideAssembler(path, self._language, self._front_matter.card_tags)
        self._headings = {
            place: known
            for place, digest in enumerate(self._digests)
            if (known := known_features.get(digest)) is not None
        }

    @property
    def features(self) -> dict[str, tuple[HeadingFeatures, ...]]:
        """The headings of each segment, by its digest; all of them once the chunks are known."""
        return {digest: self._headings[place] for place, digest in enumerate(self._digests)}

    @property
    def unread(self) -> list[tuple[int, int]]:
        """The places of the segments whose headings are not known, each with its number of characters."""
        return [
            (place, len(segment.text))
            for place, segment in enumerate(self._segments)
            if place not in self._headings
        ]

    def read_headings(self, places: Iterable[int]) -> list[tuple[HeadingFeatures, ...]]:
        """Parse segments and return the headings of each."""
        for place in places:
            self._elements[place] = self._parse_segment(place)
            self._headings[place] = heading_features(self._elements[place])
        return [self._headings[place] for place in places]

    def add_headings(self, places: Iterable[int], headings: Iterable[tuple[HeadingFeatures, ...]]) -> None:
        """Add what another process found to be the headings of segments."""
        self._headings.update(zip(places, headings, strict=True))

    def chunks(self) -> Iterator[Chunk]:
        """Yield the chunks of the guide, in order."""
        self.read_headings([place for place, _ in self.unread])
        return chunks_of([self._headings[place] for place in range(len(self._segments))])

    def key(self, chunk: Chunk) -> str:
        """Return a digest of all that a chunk's questions depend on, wherever the chunk stands."""
        digests = self._digests[chunk.first_segment : chunk.end_segment]
        roles = [role.name for role in chunk.roles]
        numbers = "bare numbers" if chunk.has_bare_numbers else ""
        return digest_of(
            digests,
            roles,
            chunk.section,
            chunk.sections,
            numbers,
            self._language.name,
            *self._front_matter.card_tags,
        )

    def lines_before(self, chunk: Chunk) -> int:
        """Return how many lines stand before a chunk."""
        return self._segments[chunk.first_segment].lines_before

    def parse(self, chunk: Chunk) -> ParsedChunk:
        """Parse a chunk, add its questions and fixtures to the guide, and return them."""
        assembler = self._assembler
        place, fixtures, title = len(assembler.questions), len(assembler.fixtures), assembler.title
        preamble, warned = len(assembler.preamble), self._count_warnings()
        asides = len(assembler.asides)
        assembler.title = ""
        elements = tuple(self._chunk_elements(chunk))
        assembler.add_elements(elements, chunk)
        questions, own_title = tuple(assembler.questions[place:]), assembler.title
        assembler.title = own_title or title
        has_code = len(assembler.fixtures) > fixtures or len(assembler.preamble) > preamble
        has_twins = any(each.slug != slug_of(each.pin or each.title) for each in questions)
        stands_alone = not (
            has_code
            or has_twins
            or any(each.snippets or each.has_pictures for each in questions)
            or self._count_warnings() > warned
            or any(self._blemishes.get(one) for one in range(chunk.first_segment, chunk.end_segment))
        )
        return ParsedChunk(questions, place, own_title, stands_alone, len(assembler.asides) > asides)

    def add_known(self, questions: Iterable[Question], title: str) -> None:
        """Add the questions and fixtures that a chunk is known to hold to the guide."""
        for question in questions:
            self._assembler.add_known(question)
        self._assembler.title = title or self._assembler.title

    def add_settled(self, questions: Iterable[Question], title: str, answers: Iterable[str]) -> None:
        """Add the questions that another process parsed, with digests of their answers."""
        for question, answer in zip(questions, answers, strict=True):
            self._assembler.add_settled(question, answer)
        self._assembler.title = title or self._assembler.title

    def has_question(self, slug: QuestionSlug) -> bool:
        """Tell whether a question of this name was added."""
        return slug in self._assembler.seen

    def answers_of(self, questions: Iterable[Question]) -> tuple[str, ...]:
        """Return digests of the answers to questions that were parsed here."""
        return tuple(self._assembler.answers[question.slug] for question in questions)

    def read_segments(self, chunk: Chunk) -> tuple[SegmentElements, ...]:
        """Return what is parsed of a chunk's segments, which has not become questions yet."""
        places = range(chunk.first_segment, chunk.end_segment)
        for place in places:
            if place not in self._elements:
                self._elements[place] = self._parse_segment(place)
        return tuple(
            SegmentElements(self._elements[place], self._blemishes[place], leaves_open=False)
            for place in places
        )

    def facts(self, chunk: Chunk) -> tuple[str, ...]:
        """Return all that the elements of a chunk's segments depend on, but the lines they stand in."""
        return (*self._digests[chunk.first_segment : chunk.end_segment], self._how.name)

    def span(self, chunk: Chunk) -> Span:
        """Return the lines of a chunk."""
        ends = chunk.end_segment < len(self._segments)
        last = self._segments[chunk.end_segment].lines_before if ends else self._text.count("\n") + 1
        return Span(self._path, self.lines_before(chunk) + 1, last)

    def add_segments(self, chunk: Chunk, segments: Iterable[SegmentElements]) -> None:
        """Add what another process parsed of a chunk's segments."""
        for place, segment in enumerate(segments, start=chunk.first_segment):
            self._elements[place], self._blemishes[place] = segment.elements, segment.warnings

    def drop_answer(self, place: int) -> Question:
        """Return a question that was parsed without its blocks, and keep only that."""
        return self._assembler.drop_answer(place)

    def guide(self) -> Guide:
        """Return the guide of all that was parsed or added; raises GuideError if it has no question."""
        contents = self._assembler.contents()
        if not contents.questions and not self._problems:
            problem = Problem(self._path, 1, _no_question(len(contents.unanswered)))
            raise GuideError((problem,)) if contents.unanswered else NoQuestionError((problem,))
        if self._problems:
            raise GuideError(tuple(sorted(self._problems)))
        stem = PurePath(self._path).stem
        return Guide(
            slug=slug_of(stem) or "guide",
            title=contents.title or self._front_matter.title or stem.replace("-", " "),
            questions=contents.questions,
            fixtures=contents.fixtures,
            asides=contents.asides,
            warnings=tuple(
                sorted({*self._warnings, *chain.from_iterable(self._blemishes.values()), *contents.warnings})
            ),
            preamble=contents.preamble,
            unanswered=contents.unanswered,
            span=Span(self._path, 1, self._text.count("\n") + 1),
            front_matter=self._front_matter,
        )

    def _chunk_elements(self, chunk: Chunk) -> Iterator[Element]:
        """Yield a chunk's elements; segments that were parsed earlier are not kept afterwards."""
        for place in range(chunk.first_segment, chunk.end_segment):
            elements = self._elements.pop(place, None)
            yield from self._parse_segment(place) if elements is None else elements

    def _parse_segment(self, place: int) -> list[Element]:
        segment = segment_elements(self._segments[place], self._path, at_last=self._how is Reading.AT_LAST)
        self._blemishes[place] = segment.warnings
        if segment.leaves_open and len(self._segments) > 1:
            raise GuideError(tuple(segment.warnings))  # the cut may be at fault
        return segment.elements

    def _count_warnings(self) -> int:
        return len(self._assembler.warnings) + len(self._assembler.unanswered)


def _parse_all(reader: GuideReader) -> Guide:
    for chunk in reader.chunks():
        reader.parse(chunk)
    return reader.guide()


def _no_question(unanswered: int) -> str:
    """Return the sentence that says why a guide has no question."""
    if unanswered:
        questions = "its only question has" if unanswered == 1 else f"none of its {unanswered} questions has"
        return (
            f"{questions} an answer; write one below each question."
            if unanswered > 1
            else f"{questions} no answer; write one below it."
        )
    return "no question found; start one with a heading such as `### Q1. What is ...?`."


def _closed_fences(before: str, after: str, path: str) -> Iterator[Problem]:
    """Yield a warning for each line that was made the end of a code block which nobody closed."""
    if before != after:
        for number, lines in enumerate(zip(before.split("\n"), after.split("\n"), strict=True), start=1):
            if lines[0] != lines[1]:
                sentence = "the code block above is never closed; it counts as ending here: write ``` there."
                yield Problem(path, number, sentence)


def decode_guide(raw: bytes, path: str) -> str:
    """Return a guide file's text; raise GuideError with the line where it is not UTF-8."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        sentence = f"the byte 0x{raw[error.start]:02x} is not UTF-8; save the guide as UTF-8."
        raise GuideError((Problem(path, line, sentence),)) from None
