"""How people write questions, and which headings are title, section, question or subheading."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import Enum, auto
from itertools import pairwise
from typing import TYPE_CHECKING

from cards.guide import Inline, Other, Prose, Style, plain
from cards.piece import Comment, Heading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cards.piece import Piece

# `Q3.`, `Q3:`, `Question 3 -`: certainly a question.  `3)` and `3.` may also number a section.
_CERTAIN = re.compile(r"(?:Q|Question\s*)(?:\d+\s*(?:[.:)]|[-–—]\s)|:)\s*", re.IGNORECASE)  # noqa: RUF001 - dashes people type
_NUMBER = re.compile(r"\d+(?:\.\d+)*\s*[.)]\s+")
# `1. Basics`, `Part II: Basics`, `Chapter 3 - Basics`.
_SECTION_NUMBER = re.compile(
    r"(?:(?:part|chapter|section|unit|module)\s+)?(?:\d+(?:\.\d+)*|[ivx]+)"
    r"(?:\s*[.:)]|\s+[-–—])\s+(?=\S)",  # noqa: RUF001 - dashes people type
    re.IGNORECASE,
)
_PAIR = re.compile(
    r"Q\s*\d*\s*[:.]\s+(?P<asked>.+?)(?:\s*\n\s*|(?<=\?)\s+)A\s*\d*\s*[:.]\s+(?P<answer>.+)\Z", re.DOTALL
)
_LONE = re.compile(r"Q\s*\d*\s*[:.]\s+(?P<asked>[^\n]+)\Z")
_NEXT_PAIR = re.compile(r"\n(?=Q\s*\d*\s*[:.]\s)")
_ANSWER_MARK = re.compile(r"A\s*\d*\s*[:.]\s+")
_LONGEST_SLUG = 80


class HeadingRole(Enum):
    """What a heading does."""

    TITLE = auto()
    SECTION = auto()
    QUESTION = auto()
    SUBHEADING = auto()


class Bold(Enum):
    """A question written as a bold line."""

    CERTAIN = auto()
    """`**Q3: ...**`, or a number before a question mark."""
    NUMBERED = auto()
    """A number before a phrase: a question where no heading asks, else a step."""
    UNNUMBERED = auto()


@dataclass(frozen=True, slots=True)
class Pair:
    """Where question and answer of a `Q: ... A: ...` paragraph stand, in characters."""

    asked: tuple[int, int]
    answer: tuple[int, int] | None


def numbered_wording(words: str) -> str:
    """Return a question's words without its number."""
    for form in (_CERTAIN, _NUMBER):
        if match := form.match(words):
            return words[match.end() :]
    return words


def section_name(words: str) -> str:
    """Return a section's words without its number."""
    return _SECTION_NUMBER.sub("", words, count=1) if _SECTION_NUMBER.match(words) else words


def slug_of(words: str) -> str:
    """Return the words in lower case joined by hyphens, at most 80 characters, cut between words."""
    folded = unicodedata.normalize("NFKC", words).casefold()
    slug = "-".join(re.findall(r"[^\W_]+", folded))
    if len(slug) > _LONGEST_SLUG:
        slug = slug[: _LONGEST_SLUG + 1].rpartition("-")[0] or slug[:_LONGEST_SLUG]
    return slug


def asked_in_bold(inline: Inline) -> Bold | None:
    """Return the question if the whole paragraph is one bold line that asks something."""
    if not inline or any(run.style not in {Style.STRONG, Style.CODE} for run in inline):
        return None
    words = plain(inline).strip()
    if inline[0].style is not Style.STRONG or "\n" in words:
        return None
    asks = words.endswith("?")
    if _CERTAIN.match(words) or (_NUMBER.match(words) and asks):
        return Bold.CERTAIN
    if _NUMBER.match(words):
        return Bold.NUMBERED
    return Bold.UNNUMBERED if asks else None


def pairs_in(words: str) -> tuple[Pair, ...]:
    """Return where questions and answers stand, if every line that starts with `Q:` has its own."""
    starts = [0, *(match.end() for match in _NEXT_PAIR.finditer(words))]
    pairs = [_pair_at(words, start, end) for start, end in pairwise([*starts, len(words)])]
    return tuple(pair for pair in pairs if pair) if all(pairs) else ()


def _pair_at(words: str, start: int, end: int) -> Pair | None:
    if match := _PAIR.match(words, start, end):
        return Pair(match.span("asked"), match.span("answer"))
    if match := _LONE.match(words[:end].rstrip(), start):
        return Pair(match.span("asked"), None)
    return None


def answer_start(words: str) -> int:
    """Return where a paragraph's words begin behind an `A:`."""
    match = _ANSWER_MARK.match(words)
    return match.end() if match else 0


def heading_roles(pieces: Sequence[Piece]) -> dict[int, HeadingRole]:
    """Return each heading's role by its place among the pieces.

    Read from the last heading to the first, so that those below one are known before it.
    """
    places = [place for place, piece in enumerate(pieces) if isinstance(piece, Heading)]
    tops = sum(isinstance(piece, Heading) and piece.level == 1 for piece in pieces)
    roles: dict[int, HeadingRole] = {}
    for place in reversed(places):
        heading = pieces[place]
        assert isinstance(heading, Heading)  # noqa: S101 - for the type checker
        words = plain(heading.inline)
        under = _below(pieces, places, place, heading.level)
        below = [roles[other] for other in under]
        has_text = _starts_answer(pieces, place + 1)
        # Where questions are headings of the first level, the first of them is no title.
        asks_like_others = tops > 1 and has_text and words.endswith("?")
        titles = heading.level == 1 and not (_CERTAIN.match(words) or asks_like_others)
        if place == places[0] and titles:
            role = HeadingRole.TITLE
        elif _CERTAIN.match(words):
            role = HeadingRole.QUESTION
        elif _NUMBER.match(words) or words.endswith("?"):
            asks_itself = has_text or HeadingRole.QUESTION not in below
            if words.endswith("?"):  # headings below it that ask nothing are parts of its answer
                asks_itself = has_text or not any(_asks(pieces[other]) for other in under)
            role = HeadingRole.QUESTION if asks_itself else HeadingRole.SECTION
        elif has_text and HeadingRole.QUESTION not in below:
            role = HeadingRole.QUESTION
        else:
            role = HeadingRole.SECTION
        roles[place] = role
    _settle_subheadings(pieces, places, roles)
    return roles


def _settle_subheadings(pieces: Sequence[Piece], places: list[int], roles: dict[int, HeadingRole]) -> None:
    """Make a heading that is part of the answer above it a subheading."""
    above: Heading | None = None
    for place in places:
        heading = pieces[place]
        assert isinstance(heading, Heading)  # noqa: S101 - for the type checker
        if above and heading.level > above.level and _is_part(heading, above):
            roles[place] = HeadingRole.SUBHEADING
        else:
            above = heading if roles[place] is HeadingRole.QUESTION else None


def _is_part(heading: Heading, question: Heading) -> bool:
    """Tell whether a heading below a question's heading asks nothing new.

    Where questions are numbered, one without a number is asked on the way to the answer.
    """
    words, asked = plain(heading.inline), plain(question.inline)
    if _CERTAIN.match(words):
        return False
    if _NUMBER.match(words) or not words.endswith("?"):
        return not _asks(heading)
    return bool(_CERTAIN.match(asked)) or (bool(_NUMBER.match(asked)) and asked.endswith("?"))


def _asks(piece: Piece) -> bool:
    """Tell whether a heading asks by its form alone."""
    words = plain(piece.inline) if isinstance(piece, Heading) else ""
    return bool(_CERTAIN.match(words) or _NUMBER.match(words)) or words.endswith("?")


def _below(pieces: Sequence[Piece], places: list[int], place: int, level: int) -> list[int]:
    below = []
    for other in places[places.index(place) + 1 :]:
        heading = pieces[other]
        if isinstance(heading, Heading) and heading.level <= level:
            break
        below.append(other)
    return below


def _starts_answer(pieces: Sequence[Piece], place: int) -> bool:
    """Tell whether what follows a heading is an answer, and not another heading or a FAQ."""
    for piece in pieces[place:]:
        if isinstance(piece, Heading):
            return False
        if isinstance(piece, Prose):
            bold = asked_in_bold(piece.inline)
            return not (bold or pairs_in(plain(piece.inline)))
        if not isinstance(piece, Comment | Other):
            return True
    return False
