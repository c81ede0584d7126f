"""Which tag a person means: one that a card has, or a level above it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterable

    from srs.store.store import Store

_MOST_NAMED = 4
_LEAST_LIKENESS = 0.6
"""Below it a tag is another word, of a scale from 0 to 1."""
_LIKENESS_MARGIN = 0.1
"""So much less than the nearest another may be."""


def require_tag(store: Store, tag: str | None, guide: str | None = None) -> str | None:
    """Return the tag as the cards have it; raises a usage error with the nearest where none has it."""
    if tag is None:
        return None
    known = set(_with_levels_above(store.cards.tags(guide)))
    if tag in known:
        return tag
    same = [each for each in known if each.casefold() == tag.casefold()]
    if len(same) == 1:
        return same[0]
    near = nearest_tags(tag, known)
    if near:
        advice = f"Near it: {', '.join(near)}."
    elif known:
        advice = f"The tags begin with {', '.join(sorted({each.partition('::')[0] for each in known}))}."
    else:
        advice = "No card has a tag."
    raise click.BadParameter(f"no card has the tag {tag!r}. {advice}", param_hint="--tag")


def _with_levels_above(tags: Iterable[str]) -> Iterable[str]:
    for tag in tags:
        parts = tag.split("::")
        yield from ("::".join(parts[: place + 1]) for place in range(len(parts)))


def nearest_tags(tag: str, known: Iterable[str]) -> list[str]:
    """Return the tags that hold the word, or else those that are written nearly so, nearest first."""
    from difflib import SequenceMatcher

    word = tag.casefold()

    def likeness(each: str) -> float:
        levels = each.casefold().split("::")
        wanted = word.rpartition("::")[2]
        return max(
            SequenceMatcher(None, word, each.casefold()).ratio(),
            SequenceMatcher(None, wanted, levels[-1]).ratio(),
        )

    tags = sorted(known)
    holding = [each for each in tags if word in each.casefold()]
    nearest = max(map(likeness, tags), default=0.0)
    least = max(_LEAST_LIKENESS, nearest - _LIKENESS_MARGIN)
    alike = sorted((each for each in tags if likeness(each) >= least), key=likeness, reverse=True)
    return list(dict.fromkeys([*holding, *alike]))[:_MOST_NAMED]
