"""What a deck is called: its title, unless another deck has that name."""

from __future__ import annotations

import re
from itertools import count
from typing import TYPE_CHECKING

from srs.store.row import free_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from srs.store.read_only import KnownGuide


def name_beside(title: str, folder: str, others: Iterable[KnownGuide]) -> str:
    """Return the name of a deck whose title another one has: with its folder; empty where none has it.

    Anki tells decks apart by their names alone, whatever their case.
    """
    taken = {_folded(other.deck) for other in others}
    if _folded(title) not in taken:
        return ""
    # Two colons part levels in the name of a deck; a title has none.
    title = re.sub(":{2,}", ":", title)
    names = (f"{title} ({folder}{f' {number}' if number > 1 else ''})" for number in count(1))
    return next(name for name in names if _folded(name) not in taken)


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()


def short_name_beside(slug: str, folder: str, known: str, others: Iterable[KnownGuide]) -> str:
    """Return a deck's short name: the `known` one while the guide has its name, else one that is free.

    `folder` is the name of the guide's folder as it may stand in a file name.
    """
    if known == slug or known.startswith(f"{slug}-"):
        return known
    taken = {other.short_name for other in others}
    return slug if slug not in taken else free_name(f"{slug}-{folder}" if folder else slug, taken)
