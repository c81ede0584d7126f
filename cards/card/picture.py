"""Pictures of an answer: which cards show them, and where."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cards.guide.block import Picture, Prose
from cards.guide.text import StyledText, plain_text
from cards.regex import regex

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cards.card.card import Draft
    from cards.card.sides import Side
    from cards.guide.guide import Question

_POINTS_AT_PICTURE = regex(
    r"\b(?:this|these|shown|below|above|following|figure|picture|image|diagram|drawing|plot|graph|chart)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class PictureFile:
    """A picture as decks carry it."""

    name: str
    """Made of its content, so that equal pictures are one and a new one replaces nothing."""
    content: bytes


def shown_pictures(question: Question) -> Side:
    """Return the pictures of an answer as cards show them, each once; one in the web only as its address."""
    pictures = (block for block in question.blocks if isinstance(block, Picture))
    once = {picture.name or picture.address: picture for picture in reversed(tuple(pictures))}
    return tuple(shown for picture in reversed(once.values()) if (shown := _shown(picture)))


def place_pictures(drafts: tuple[Draft, ...], question: Question) -> tuple[Draft, ...]:
    """Return the cards with the answer's pictures on those that show no code.

    They stand on the back of a card that asks the whole question, below the answer of any other, and on the
    front where the question points at them.
    """
    pictures = shown_pictures(question)
    if not pictures:
        return drafts
    is_asked = _is_asked(question)
    return tuple(
        draft if draft.snippets else _with_pictures(draft, pictures, question, is_asked=is_asked)
        for draft in drafts
    )


def picture_names(sides: Iterable[Side]) -> frozenset[str]:
    """Return the names of all pictures on some sides."""
    return frozenset(block.name for side in sides for block in side if isinstance(block, Picture))


def _shown(picture: Picture) -> Picture | Prose | None:
    if picture.name:
        return picture
    if not picture.is_remote:
        return None
    words = f"{picture.alt}: {picture.address}" if picture.alt else picture.address
    return Prose((StyledText(words),))


def _is_asked(question: Question) -> bool:
    first = question.blocks[0]
    has_answer = any(not isinstance(block, Picture) for block in question.blocks)
    return isinstance(first, Picture) and has_answer and bool(_POINTS_AT_PICTURE.search(question.title))


def _with_pictures(draft: Draft, pictures: Side, question: Question, *, is_asked: bool) -> Draft:
    if is_asked:
        return replace(draft, front=(*draft.front, *pictures))
    front = draft.front[0]
    asks_whole = isinstance(front, Prose) and plain_text(front.inline) == question.title
    if not asks_whole:
        return replace(draft, context=(*draft.context, *pictures))
    return draft if pictures[0] in draft.back else replace(draft, back=(*draft.back, *pictures))
