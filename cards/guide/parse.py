"""Parse Markdown text into a Guide, or report every problem at once, each with its line.

The forms are those of docs/guide-format.md. A guide is read chunk by chunk, so that a build can do without
the chunks that it knows from the build before.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath
from types import MappingProxyType
from typing import TYPE_CHECKING

from cards.errors import GuideError, Problem
from cards.guide.assemble import GuideAssembler
from cards.guide.chunk import chunks_of
from cards.guide.front.front_matter import read_front_matter
from cards.guide.guide import Guide
from cards.guide.heading import heading_features, slug_of
from cards.guide.markdown import segment_elements
from cards.guide.segment import Segment, digest_of, segments
from cards.hidden_text import clear_text
from cards.language.natural_language import language_named
from cards.language.written_language import GuideLanguage
from cards.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from cards.guide.chunk import Chunk
    from cards.guide.element import Element
    from cards.guide.guide import Question
    from cards.guide.heading import HeadingFeatures


_NOTHING_KNOWN: Mapping[str, tuple[HeadingFeatures, ...]] = MappingProxyType({})


def parse_guide(text: str, path: str) -> Guide:
    """Return the guide that the text describes; raises GuideError with every problem found.

    `path` is used in spans and messages and gives the guide its slug. Raises GuideError with every problem.
    """
    try:
        return _parse_all(GuideReader(text, path))
    except GuideError:
        return _parse_all(GuideReader(text, path, in_one_piece=True))


@dataclass(frozen=True, slots=True)
class ParsedChunk:
    """The questions and fixtures parsed from a chunk of a guide."""

    questions: tuple[Question, ...]
    place: int
    """How many questions of the guide stand before these."""
    title: str
    """The guide's title, if the chunk holds it."""
    stands_alone: bool
    """Whether it has no code: in no question, no fixture and not before the first question."""


class GuideReader:
    """Reads a guide chunk by chunk: each is parsed, or added as known from an earlier reading.

    Where a cut may lie within a block that is left open, reading ends with a GuideError that need not be
    right; read `in_one_piece`, a guide gives every problem that it has.
    """

    def __init__(
        self,
        text: str,
        path: str,
        known_features: Mapping[str, tuple[HeadingFeatures, ...]] = _NOTHING_KNOWN,
        *,
        in_one_piece: bool = False,
    ) -> None:
        self.features: dict[str, tuple[HeadingFeatures, ...]] = {}
        """The headings of each segment, by its digest."""
        self._path = path
        body = read_front_matter(_with_line_feeds(text), path)
        self._front_matter = body.front_matter
        cleared = clear_text(body.text, path)
        self._text = cleared.text
        self._warnings = (*body.warnings, *cleared.warnings)
        self._segments = [Segment(0, self._text)] if in_one_piece else list(segments(self._text))
        self._digests = [segment.digest for segment in self._segments]
        self._elements: dict[int, list[Element]] = {}
        self._problems: list[Problem] = list(cleared.problems)
        self._language = GuideLanguage.of(self._text, language_named(self._front_matter.lang))
        self._assembler = GuideAssembler(path, self._language)
        for place, digest in enumerate(self._digests):
            known = known_features.get(digest)
            if known is None:
                self._elements[place] = self._parse_segment(place)
                known = heading_features(self._elements[place])
            self.features[digest] = known

    def chunks(self) -> Iterator[Chunk]:
        """Yield the chunks of the guide, in order."""
        return chunks_of([self.features[digest] for digest in self._digests])

    def key(self, chunk: Chunk) -> str:
        """Return a digest of all that a chunk's questions depend on, wherever the chunk stands."""
        digests = self._digests[chunk.first_segment : chunk.end_segment]
        return digest_of(digests, [role.name for role in chunk.roles], chunk.section, self._language.name)

    def lines_before(self, chunk: Chunk) -> int:
        """Return how many lines stand before a chunk."""
        return self._segments[chunk.first_segment].lines_before

    def parse(self, chunk: Chunk) -> ParsedChunk:
        """Parse a chunk, add its questions and fixtures to the guide, and return them."""
        assembler = self._assembler
        place, fixtures, title = len(assembler.questions), len(assembler.fixtures), assembler.title
        preamble = len(assembler.preamble)
        assembler.title = ""
        assembler.add_elements(tuple(self._chunk_elements(chunk)), chunk.roles, chunk.section)
        questions, own_title = tuple(assembler.questions[place:]), assembler.title
        assembler.title = own_title or title
        has_code = len(assembler.fixtures) > fixtures or len(assembler.preamble) > preamble
        stands_alone = not has_code and not any(each.snippets for each in questions)
        return ParsedChunk(questions, place, own_title, stands_alone)

    def add_known(self, questions: Iterable[Question], title: str) -> None:
        """Add the questions and fixtures that a chunk is known to hold to the guide."""
        for question in questions:
            self._assembler.add_known(question)
        self._assembler.title = title or self._assembler.title

    def drop_answer(self, place: int) -> Question:
        """Return a question that was parsed without its blocks, and keep only that."""
        return self._assembler.drop_answer(place)

    def guide(self) -> Guide:
        """Return the guide of all that was parsed or added; raises GuideError with every problem found."""
        contents = self._assembler.contents()
        problems = [*self._problems, *contents.problems]
        if not contents.questions and not problems:
            sentence = "no question found; start one with a heading such as `### Q1. What is ...?`."
            problems.append(Problem(self._path, 1, sentence))
        if problems:
            raise GuideError(tuple(sorted(problems)))
        stem = PurePath(self._path).stem
        return Guide(
            slug=slug_of(stem) or "guide",
            title=contents.title or self._front_matter.title or stem.replace("-", " "),
            questions=contents.questions,
            fixtures=contents.fixtures,
            asides=contents.asides,
            warnings=self._warnings,
            preamble=contents.preamble,
            span=Span(self._path, 1, self._text.count("\n") + 1),
            front_matter=self._front_matter,
        )

    def _chunk_elements(self, chunk: Chunk) -> Iterator[Element]:
        """Yield a chunk's elements; segments that were parsed earlier are not kept afterwards."""
        for place in range(chunk.first_segment, chunk.end_segment):
            elements = self._elements.pop(place, None)
            yield from self._parse_segment(place) if elements is None else elements

    def _parse_segment(self, place: int) -> list[Element]:
        elements, problems = segment_elements(self._segments[place], self._path)
        self._problems += problems
        if problems and len(self._segments) > 1:
            raise GuideError(tuple(problems))  # the cut may be at fault
        return elements


def _parse_all(reader: GuideReader) -> Guide:
    for chunk in reader.chunks():
        reader.parse(chunk)
    return reader.guide()


def _with_line_feeds(text: str) -> str:
    """Return the text with line feeds for line ends, and without halves of characters."""
    return text.replace("\r\n", "\n").replace("\r", "\n").encode("utf-8", "replace").decode()


def decode_guide(raw: bytes, path: str) -> str:
    """Return a guide file's text; raise GuideError with the line where it is not UTF-8."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        sentence = f"the byte 0x{raw[error.start]:02x} is not UTF-8; save the guide as UTF-8."
        raise GuideError((Problem(path, line, sentence),)) from None
