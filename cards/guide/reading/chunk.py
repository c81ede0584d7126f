"""Segments grouped into chunks, each of which holds whole questions."""

from __future__ import annotations

from itertools import chain, islice, pairwise
from typing import TYPE_CHECKING, NamedTuple

from cards.guide.heading import HeadingRole, counts_bare, heading_roles, section_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cards.guide.heading import HeadingFeatures
    from cards.guide.importance import Importance


_CHUNK_STARTS = frozenset({HeadingRole.QUESTION, HeadingRole.SECTION})
"""The roles of headings that a chunk may start at; below any other, the answer above continues."""


class Chunk(NamedTuple):
    """Segments that hold whole questions, with the roles of their headings and the section they begin in."""

    first_segment: int
    end_segment: int
    """The first segment of the next chunk."""
    roles: tuple[HeadingRole, ...]
    """The roles of its headings."""
    section: str
    """The section that its first lines belong to."""
    importance: Importance | None = None
    """What is said of that section's."""
    has_bare_numbers: bool = False
    """The headings of the guide are counted by numbers without a mark."""


def chunks_of(features: Sequence[Sequence[HeadingFeatures]]) -> Iterator[Chunk]:
    """Yield the chunks of a guide, given the features of the headings of each segment."""
    signs = list(chain.from_iterable(features))
    all_roles, bare = iter(heading_roles(signs)), counts_bare(signs)
    roles = [tuple(islice(all_roles, len(of_segment))) for of_segment in features]
    starts = [place for place in range(1, len(features)) if roles[place][0] in _CHUNK_STARTS]
    section, importance = "", None
    for first, end in pairwise([0, *starts, len(features)]):
        chunk_roles = tuple(chain.from_iterable(roles[first:end]))
        yield Chunk(first, end, chunk_roles, section, importance, bare)
        for heading, role in zip(chain.from_iterable(features[first:end]), chunk_roles, strict=True):
            if role is HeadingRole.SECTION:
                section, importance = section_words(heading.words), heading.importance
