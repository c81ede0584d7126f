"""Choose among the sentences of an answer those that make its outline."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import TYPE_CHECKING

from cards.atomize.outline.asked_part import AskedFor, content_stems
from cards.atomize.outline.clause import main_clause
from cards.atomize.whole.point import MAX_POINTS, MAX_WORDS
from cards.guide.block import Item
from cards.guide.text import Style, plain_text
from cards.language.word_count import count_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cards.atomize.outline.asked_part import AskedPart
    from cards.guide.text import Inline
    from cards.language.natural_language import Language

_NAMES_A_DETAIL = re.compile(
    r"the\s+(?:[\w-]+\s+){0,3}?(?:argument|parameter|decorator|method|function|package|constant"
    r"|environment variable|key|option|attribute|class|call|successor|new name|signature)\b.*\bis\b",
    re.IGNORECASE,
)
"""A sentence that only gives the name of a detail: `The argument that ... is patience.`"""
_OF_WHAT = re.compile(r"\W*(?:[\w-]+\s+){1,3}(?:of|among) (?:them|these|those|which)\b", re.IGNORECASE)
"""`Two of them ...` leans on the sentence before."""
_NEXT = re.compile(r"(?:second|third|fourth|fifth|last)(?:ly)?,", re.IGNORECASE)
"""What goes on counting."""
_GIVES_REASON = re.compile(
    r"\b(?:because|since|so(?: that)?|therefore|thus|hence|as a result)\b", re.IGNORECASE
)
_FIRST, _NEW, _BOLD, _REASON, _DETAIL, _BELOW = 6, 3, 2, 1, -4, -3
"""How much counts that a sentence begins the answer, says what was unsaid, has a bold term, gives a reason
that is asked for, only names a detail, or stands below a heading."""


class SayingPlace(Enum):
    """Where a sentence of an answer stands."""

    MAIN = auto()
    BELOW_HEADING = auto()
    """Below a heading of the answer that shares a word with the question."""
    ASIDE = auto()
    """Below a heading on another matter."""


@dataclass(frozen=True, slots=True)
class Saying:
    """A sentence of an answer that may be a point of its outline."""

    inline: Inline
    leans: bool
    """Whether it is understood only below the one before: `It ...`, `Then ...`."""
    place: SayingPlace = SayingPlace.MAIN

    @property
    def is_bold(self) -> bool:
        """Whether a part of it is bold."""
        return any(run.style is Style.STRONG for run in self.inline)

    @property
    def leans_on_another(self) -> bool:
        """Whether it is understood only below another."""
        return self.leans or points_back(self.inline) or bool(_NEXT.match(plain_text(self.inline)))


def points_back(sentence: Inline) -> bool:
    """Tell whether a sentence counts or takes some of what stands before it: `Two of them ...`."""
    return bool(_OF_WHAT.match(plain_text(sentence)))


def chosen_points(
    sayings: Sequence[Saying], parts: Sequence[AskedPart], language: Language, beside: Sequence[Item] = ()
) -> tuple[Item, ...]:
    """Return the sentences that answer a question best, in their order, each one clause, as many as fit.

    The first is the answer and is never left out. A sentence that leans on the one before comes only with
    that, and one of a part of the answer only where it is about what is asked. The points `beside` are said
    as well.
    """
    keeps_reason = any(part.wish is AskedFor.REASON for part in parts)
    cut = [
        replace(saying, inline=main_clause(saying.inline, language, keeps_reason=keeps_reason))
        for saying in sayings
    ]
    most_words = MAX_WORDS - sum(count_words(plain_text(point.inline)) for point in beside)
    wanted = _wanted(parts)
    chosen: set[int] = set()
    unsaid = wanted - _said([saying for saying in sayings if saying.place is not SayingPlace.ASIDE], wanted)
    left = [place for place, saying in enumerate(cut) if place == 0 or _is_of_use(saying, unsaid)]
    while left:
        open_ends = wanted - _said([sayings[place] for place in chosen], wanted)
        best = max(left, key=lambda place: (_worth(place, sayings, parts, open_ends), -place))
        left.remove(best)
        together = chosen | _leaning_run(cut, best)
        words = sum(count_words(plain_text(cut[each].inline)) for each in together)
        if len(together) <= MAX_POINTS - len(beside) and words <= most_words:
            chosen = together
    return tuple(Item(cut[place].inline) for place in sorted(chosen)) if 0 in chosen else ()


def _wanted(parts: Sequence[AskedPart]) -> frozenset[frozenset[str]]:
    """Return what an outline has to say something of: each part of a question, each thing that it compares.

    Of each the stems, of which one is enough.
    """
    return frozenset(
        stems
        for part in parts
        for stems in (
            map(frozenset, zip(part.stems, strict=True))
            if part.wish is AskedFor.DIFFERENCE
            else (part.stems,)
        )
        if stems
    )


def _said(sayings: Sequence[Saying], wanted: frozenset[frozenset[str]]) -> frozenset[frozenset[str]]:
    """Return the wanted of which some sentences say something."""
    about = frozenset().union(*(content_stems(plain_text(each.inline)) for each in sayings))
    return frozenset(stems for stems in wanted if stems & about)


def _is_of_use(saying: Saying, unsaid: frozenset[frozenset[str]]) -> bool:
    """Tell whether a sentence may be a point; one on a part of the answer says what the others leave out."""
    return saying.place is not SayingPlace.ASIDE or bool(_said([saying], unsaid))


def _worth(
    place: int, sayings: Sequence[Saying], parts: Sequence[AskedPart], unsaid: frozenset[frozenset[str]]
) -> int:
    """Return how much a sentence adds to an outline that leaves some things unsaid."""
    saying = sayings[place]
    words = plain_text(saying.inline)
    asks_names = any(part.wish is AskedFor.NAMES for part in parts)
    asks_reason = any(part.wish is AskedFor.REASON for part in parts)
    return (
        _FIRST * (place == 0)
        + _NEW * len(_said([saying], unsaid))
        + _BOLD * saying.is_bold
        + _REASON * (asks_reason and bool(_GIVES_REASON.search(words)))
        + _BELOW * (saying.place is SayingPlace.BELOW_HEADING)
        + _DETAIL * (bool(_NAMES_A_DETAIL.match(words)) and not asks_names)
    )


def _leaning_run(sayings: Sequence[Saying], place: int) -> set[int]:
    """Return the place of a sentence and of those before it that it leans on."""
    first = place
    while first > 0 and sayings[first].leans_on_another:
        first -= 1
    return set(range(first, place + 1))
