"""The stretches of a guide put together to sheets: lines that hold whole questions."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from cards.guide.heading import HeadingRole, heading_roles, section_without_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cards.guide.heading import HeadingFeatures


class Chunk(NamedTuple):
    """Lines that hold whole questions, and all that other lines have to say about them."""

    first: int
    """The place of its first stretch."""
    after: int
    """The place of the first stretch of the next one."""
    roles: tuple[HeadingRole, ...]
    """Of its headings."""
    section: str
    """The section that goes on where it begins."""


def chunks_of(signs: Sequence[Sequence[HeadingFeatures]]) -> Iterator[Chunk]:
    """Yield the sheets of a guide, given the signs of the headings of each stretch."""
    every_role = iter(heading_roles([sign for some in signs for sign in some]))
    roles = [tuple(islice(every_role, len(some))) for some in signs]
    first, section = 0, ""
    for after in range(1, len(signs) + 1):
        if after < len(signs) and roles[after][0] not in {HeadingRole.QUESTION, HeadingRole.SECTION}:
            continue  # it goes on with the answer above it
        within = [role for some in roles[first:after] for role in some]
        yield Chunk(first, after, tuple(within), section)
        for sign, role in zip((sign for some in signs[first:after] for sign in some), within, strict=True):
            if role is HeadingRole.SECTION:
                section = section_without_number(sign.words)
        first = after
