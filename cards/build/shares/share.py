"""What a helper makes of a share of a guide's chunks: finished cards, else what it parsed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from cards.atomize.atomize import atomize
from cards.guide.element import DirectiveComment, Fence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cards.atomize.atomize import QuestionCards
    from cards.guide.guide import Question
    from cards.guide.reading.chunk import Chunk
    from cards.guide.reading.markdown import SegmentElements
    from cards.guide.reading.parse import GuideReader


class SettledChunk(NamedTuple):
    """A chunk whose cards are made: no other chunk and no code has a say in them."""

    title: str
    """The guide's title, if the chunk holds it."""
    questions: tuple[Question, ...]
    """Its questions without their blocks."""
    answers: tuple[str, ...]
    """A digest of the answer to each question."""
    cards: tuple[QuestionCards, ...]
    """The cards of each question, without coverage."""


ReadShare: TypeAlias = "SettledChunk | tuple[SegmentElements, ...]"
"""What a helper read of a chunk; the elements of its segments where more has a say in its cards."""


def read_shared_chunk(reader: GuideReader, chunk: Chunk) -> ReadShare:
    """Return the cards of a chunk that stands alone; of any other what was parsed of it."""
    segments = reader.read_segments(chunk)
    elements = (element for segment in segments for element in segment.elements)
    if any(isinstance(element, Fence | DirectiveComment) for element in elements):
        return segments
    parsed = reader.parse(chunk)
    if not parsed.stands_alone or parsed.has_asides:
        return segments
    cards = tuple(atomize(question, has_coverage=False) for question in parsed.questions)
    if not all(made.drafts for made in cards):
        return segments  # the build tells their author why
    return SettledChunk(
        parsed.title,
        tuple(reader.drop_answer(parsed.place + number) for number in range(len(parsed.questions))),
        reader.answers_of(parsed.questions),
        cards,
    )


def split_evenly(sized: Sequence[tuple[int, int]], count: int) -> list[list[int]]:
    """Return the places cut into so many runs of about one size, given each place with its size."""
    whole = sum(size for _, size in sized)
    runs: list[list[int]] = [[] for _ in range(count)]
    before = 0
    for place, size in sized:
        runs[min(before * count // max(whole, 1), count - 1)].append(place)
        before += size
    return runs
