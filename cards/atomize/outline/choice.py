"""Choose among the sentences of an answer those that make its outline."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

from cards.atomize.outline.asked_part import AskedFor, content_stems
from cards.atomize.outline.clause import main_clause
from cards.atomize.whole.point import MAX_POINTS, MAX_WORDS
from cards.guide.block import Item
from cards.guide.text import Style, plain_text
from cards.language.word_count import count_words
from cards.regex import regex

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cards.atomize.outline.asked_part import AskedPart
    from cards.guide.text import Inline
    from cards.language.natural_language import Language

_NAMES_A_DETAIL = regex(
    r"the\s+(?:[\w-]+\s+){0,3}?(?:argument|parameter|decorator|method|function|package|constant"
    r"|environment variable|key|option|attribute|class|call|successor|new name|signature)\b.*\bis\b",
    re.IGNORECASE,
)
"""A sentence that only gives the name of a detail: `The argument that ... is patience.`"""
_OF_WHAT = regex(r"\W*(?:[\w-]+\s+){1,3}(?:of|among) (?:them|these|those|which)\b", re.IGNORECASE)
"""`Two of them ...` leans on the sentence before."""
_NEXT = regex(r"(?:second|third|fourth|fifth|last)(?:ly)?,", re.IGNORECASE)
"""What goes on counting."""
_GIVES_REASON = regex(r"\b(?:because|since|so(?: that)?|therefore|thus|hence|as a result)\b", re.IGNORECASE)
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
    wanted = _wanted(parts)
    sentences = [
        _candidate(saying, parts, wanted, language, is_first=not place)
        for place, saying in enumerate(sayings)
    ]
    most_words = MAX_WORDS - sum(count_words(plain_text(point.inline)) for point in beside)
    most_points = MAX_POINTS - len(beside)
    unsaid = wanted.difference(*(each.says for each in sentences if not each.is_aside))
    left = [
        place for place, each in enumerate(sentences) if not (place and each.is_aside) or each.says & unsaid
    ]
    chosen: set[int] = set()
    while left:
        open_ends = wanted.difference(*(sentences[place].says for place in chosen))
        best = max(left, key=lambda place: (sentences[place].worth_beside(open_ends), -place))
        left.remove(best)
        together = chosen | _leaning_run(sentences, best)
        if len(together) <= most_points and sum(sentences[each].words for each in together) <= most_words:
            chosen = together
    return tuple(Item(sentences[place].clause) for place in sorted(chosen)) if 0 in chosen else ()


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A sentence with all that is counted when points are chosen."""

    clause: Inline
    words: int
    says: frozenset[frozenset[str]]
    """The wanted of which it says something."""
    worth: int
    """How much it adds to any outline."""
    leans: bool
    is_aside: bool

    def worth_beside(self, unsaid: frozenset[frozenset[str]]) -> int:
        """Return how much it adds to an outline that leaves some things unsaid."""
        return self.worth + _NEW * len(self.says & unsaid)


def _candidate(
    saying: Saying,
    parts: Sequence[AskedPart],
    wanted: frozenset[frozenset[str]],
    language: Language,
    *,
    is_first: bool,
) -> _Candidate:
    words = plain_text(saying.inline)
    wishes = {part.wish for part in parts}
    clause = main_clause(saying.inline, language, keeps_reason=AskedFor.REASON in wishes)
    about = content_stems(words) if wanted else frozenset()
    worth = (
        _FIRST * is_first
        + _BOLD * saying.is_bold
        + _REASON * (AskedFor.REASON in wishes and bool(_GIVES_REASON.search(words)))
        + _BELOW * (saying.place is SayingPlace.BELOW_HEADING)
        + _DETAIL * (AskedFor.NAMES not in wishes and bool(_NAMES_A_DETAIL.match(words)))
    )
    return _Candidate(
        clause,
        count_words(plain_text(clause)),
        frozenset(stems for stems in wanted if stems & about),
        worth,
        saying.leans_on_another,
        saying.place is SayingPlace.ASIDE,
    )


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


def _leaning_run(sentences: Sequence[_Candidate], place: int) -> set[int]:
    """Return the place of a sentence and of those before it that it leans on."""
    first = place
    while first > 0 and sentences[first].leans:
        first -= 1
    return set(range(first, place + 1))
