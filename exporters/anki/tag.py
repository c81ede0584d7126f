"""The tags of a note: those of its card, short enough for the lists of a phone."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from cards.regex import regex

if TYPE_CHECKING:
    from cards.card.card import Card

_SHORTENED = ("section", "topic")
"""The levels below which a tag is made of a heading, however long that is."""

_MOST_LETTERS = 28

_SMALL_WORD = regex(
    "an?|and|are|be|between|can|do|does|did|for|from|how|i|in|is|its?|of|on|or|that|the|their|them|they|this|to"
    "|was|were|what|when|where|which|who|why|will|with|would|your?s?"
)
"""Words of English that tell no heading from another."""


def note_tags(card: Card) -> tuple[str, ...]:
    """Return the card's tags, those made of headings without small words and after a few words cut.

    Each is shortened by itself, so that a new question changes no tag of another.
    """
    return tuple(map(_shortened, card.tags))


@lru_cache(maxsize=4096)
def _shortened(tag: str) -> str:
    level, _, slug = tag.partition("::")
    if level not in _SHORTENED or len(slug) <= _MOST_LETTERS or "::" in slug:
        return tag
    words = [word for word in slug.split("-") if word]
    telling = [word for word in words if not _SMALL_WORD.fullmatch(word)] or words
    short = telling[0][:_MOST_LETTERS]
    for word in telling[1:]:
        if len(short) + 1 + len(word) > _MOST_LETTERS:
            break
        short = f"{short}-{word}"
    return f"{level}::{short}"
