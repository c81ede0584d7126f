"""Segments grouped into chunks, each of which holds whole questions."""

from __future__ import annotations

from itertools import chain, islice, pairwise
from typing import TYPE_CHECKING, NamedTuple

from cards.guide.heading.features import counts_bare
from cards.guide.heading.role import HeadingRole, heading_roles, sections_of
from cards.guide.section import NO_SECTION

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cards.guide.heading.features import HeadingFeatures
    from cards.guide.section import Section


_CHUNK_STARTS = frozenset({HeadingRole.QUESTION, HeadingRole.SECTION, HeadingRole.ASKED_SECTION})
"""The roles of headings that a chunk may start at; below any other, the answer above continues."""


class Chunk(NamedTuple):
    """Segments that hold whole questions, with the roles of their headings and the sections they stand in."""

    first_segment: int
    end_segment: int
    """The first segment of the next chunk."""
    roles: tuple[HeadingRole, ...]
    """The roles of its headings."""
    section: Section
    """The section that its first lines belong to."""
    sections: tuple[Section, ...]
    """The section that each of its headings stands in, or is."""
    has_bare_numbers: bool = False
    """The headings of the guide are counted by numbers without a mark."""


def chunks_of(features: Sequence[Sequence[HeadingFeatures]]) -> Iterator[Chunk]:
    """Yield the chunks of a guide, given the features of the headings of each segment."""
    signs = list(chain.from_iterable(features))
    flat_roles, bare = heading_roles(signs), counts_bare(signs)
    all_roles, all_sections = iter(flat_roles), iter(sections_of(signs, flat_roles))
    roles = [tuple(islice(all_roles, len(of_segment))) for of_segment in features]
    sections = [tuple(islice(all_sections, len(of_segment))) for of_segment in features]
    starts = [place for place in range(1, len(features)) if roles[place][0] in _CHUNK_STARTS]
    section = NO_SECTION
    for first, end in pairwise([0, *starts, len(features)]):
        of_headings = tuple(chain.from_iterable(sections[first:end]))
        yield Chunk(first, end, tuple(chain.from_iterable(roles[first:end])), section, of_headings, bare)
        section = of_headings[-1] if of_headings else section
