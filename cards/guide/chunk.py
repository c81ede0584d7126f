"""Segments grouped into chunks, each of which holds whole questions."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from cards.guide.heading import HeadingRole, heading_roles, section_without_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cards.guide.heading import HeadingFeatures


class Chunk(NamedTuple):
    """Segments that hold whole questions, with the roles of their headings and the section they begin in."""

    first_segment: int
    end_segment: int
    """The first segment of the next chunk."""
    roles: tuple[HeadingRole, ...]
    """Of its headings."""
    section: str
    """The section that goes on where it begins."""


def chunks_of(features: Sequence[Sequence[HeadingFeatures]]) -> Iterator[Chunk]:
    """Yield the chunks of a guide, given the features of the headings of each segment."""
    all_roles = iter(heading_roles([heading for of_segment in features for heading in of_segment]))
    roles = [tuple(islice(all_roles, len(of_segment))) for of_segment in features]
    first, section = 0, ""
    for end in range(1, len(features) + 1):
        if end < len(features) and roles[end][0] not in {HeadingRole.QUESTION, HeadingRole.SECTION}:
            continue  # it goes on with the answer above it
        headings = [heading for of_segment in features[first:end] for heading in of_segment]
        chunk_roles = tuple(role for of_segment in roles[first:end] for role in of_segment)
        yield Chunk(first, end, chunk_roles, section)
        for heading, role in zip(headings, chunk_roles, strict=True):
            if role is HeadingRole.SECTION:
                section = section_without_number(heading.words)
        first = end
