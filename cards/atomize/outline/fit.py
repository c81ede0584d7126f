"""Tell whether points answer the question that they are the outline of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cards.atomize.outline.asked_part import AskedFor, asked_parts, content_stems
from cards.guide.text import Style, plain_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cards.atomize.outline.asked_part import AskedPart
    from cards.guide.block import Item
    from cards.language.natural_language import Language

_LEAST_SHARE = 1 / 4
"""The least part of the words that tell what a question is about which points say again."""
_LEAST_NAMES = 2


def unsaid_part(title: str, points: Sequence[Item], language: Language) -> str:
    """Return the part of a question that no point is about; empty where each has one.

    What something is, the answer's first sentence says without naming it: `An array of numbers.`
    """
    said = content_stems("\n".join(_words(point) for point in points))
    for place, part in enumerate(asked_parts(title, language)):
        is_said_first = place == 0 and part.wish is AskedFor.OTHER
        if part.stems and not (is_said_first or part.stems & said):
            return part.words
    return ""


def answers(title: str, points: Sequence[Item], language: Language) -> bool:
    """Tell whether sentences are an outline that answers a question: it is about each part of it.

    Of several things that it asks for, they name at least two; of a way, they are about what is done.
    """
    if unsaid_part(title, points, language):
        return False
    return all(_fits(part, points) for part in asked_parts(title, language))


def _fits(part: AskedPart, points: Sequence[Item]) -> bool:
    match part.wish:
        case AskedFor.NAMES if not part.is_of_each:
            return len(_names(points)) >= max(part.number, _LEAST_NAMES)
        case AskedFor.WAY:
            said = content_stems("\n".join(_words(point) for point in points))
            return len(part.stems & said) >= _LEAST_SHARE * len(part.stems)
        case _:
            return True


def _names(points: Sequence[Item]) -> set[str]:
    """Return what is set in bold or as code in some points."""
    return {
        run.text.casefold()
        for point in points
        for run in point.inline
        if run.style is Style.STRONG or run.style is Style.CODE
    }


def _words(item: Item) -> str:
    return "\n".join((plain_text(item.inline), *map(_words, item.items)))
