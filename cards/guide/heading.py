"""How people write questions, and which headings are title, section, question or subheading."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import Enum, auto
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from cards.guide.block import Other, Prose
from cards.guide.element import DirectiveComment, Heading
from cards.guide.text import Inline, Style, plain_text
from cards.language.natural_language import QUESTION_MARKS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cards.guide.element import Element

# `Q3.`, `Q3:`, `Question 3 -`: certainly a question.  `3)` and `3.` may also number a section.
_QUESTION_NUMBER = re.compile(r"(?:Q|Question\s*)(?:\d+\s*(?:[.:)]|[-–—]\s)|:)\s*", re.IGNORECASE)  # noqa: RUF001 - dashes people type
_PLAIN_NUMBER = re.compile(r"\d+(?:\.\d+)*\s*[.)]\s+")
# `1. Basics`, `Part II: Basics`, `Chapter 3 - Basics`.
_SECTION_NUMBER = re.compile(
    r"(?:(?:part|chapter|section|unit|module)\s+)?(?:\d+(?:\.\d+)*|[ivx]+)"
    r"(?:\s*[.:)]|\s+[-–—])\s+(?=\S)",  # noqa: RUF001 - dashes people type
    re.IGNORECASE,
)
# Headings over code that what follows builds on.
_SET_UP = re.compile(
    r"(?:(?:the|common|shared|initial|project|environment|basic)\s+)?{part}(?:\s*(?:and|&|,)\s*{part})*"
    r"(?:\s+(?:code|section))?:?".format(
        part=r"(?:set[- ]?up|imports?|preamble|prerequisites?|preparations?|requirements?|dependencies"
        r"|packages|libraries|installation|install|installing|getting started|configuration|introduction)"
    ),
    re.IGNORECASE,
)
_PAIR = re.compile(
    r"Q\s*\d*\s*[:.]\s+(?P<asked>.+?)(?:\s*\n\s*|(?<=\?)\s+)A\s*\d*\s*[:.]\s+(?P<answer>.+)\Z", re.DOTALL
)
_LONE_QUESTION = re.compile(r"Q\s*\d*\s*[:.]\s+(?P<asked>[^\n]+)\Z")
_NEXT_PAIR = re.compile(r"\n(?=Q\s*\d*\s*[:.]\s)")
_ANSWER_LABEL = re.compile(r"A\s*\d*\s*[:.]\s+")
_LONGEST_SLUG = 80


class HeadingRole(Enum):
    """The role of a heading: title, section, question or subheading."""

    TITLE = auto()
    SECTION = auto()
    QUESTION = auto()
    SUBHEADING = auto()


class HeadingFeatures(NamedTuple):
    """The features of a heading from which its role, and that of other headings, is decided."""

    level: int
    words: str
    answered: bool
    """An answer follows at once."""

    @property
    def has_question_number(self) -> bool:
        """Whether the heading has a question's number: `Q3.`"""
        return bool(_QUESTION_NUMBER.match(self.words))

    @property
    def numbered(self) -> bool:
        """Whether the heading has a number that a section may have too."""
        return bool(_PLAIN_NUMBER.match(self.words))

    @property
    def asking(self) -> bool:
        """Whether the heading ends in a question mark."""
        return self.words.endswith(QUESTION_MARKS)

    @property
    def asks(self) -> bool:
        """Whether the form of the heading alone makes it a question."""
        return self.has_question_number or self.numbered or self.asking


class BoldQuestion(Enum):
    """A question written as a bold line."""

    CERTAIN = auto()
    """`**Q3: ...**`, or a number before a question mark."""
    NUMBERED = auto()
    """A number before a phrase: a question where no heading asks, else a step."""
    UNNUMBERED = auto()


@dataclass(frozen=True, slots=True)
class QuestionAnswerPair:
    """Where question and answer of a `Q: ... A: ...` paragraph stand, in characters."""

    asked: tuple[int, int]
    answer: tuple[int, int] | None


def without_number(words: str) -> str:
    """Return a question's words without its number."""
    for form in (_QUESTION_NUMBER, _PLAIN_NUMBER):
        if match := form.match(words):
            return words[match.end() :]
    return words


def section_without_number(words: str) -> str:
    """Return a section's words without its number."""
    return _SECTION_NUMBER.sub("", words, count=1) if _SECTION_NUMBER.match(words) else words


def slug_of(words: str) -> str:
    """Return the words in lower case joined by hyphens, at most 80 characters, cut between words."""
    folded = unicodedata.normalize("NFKC", words).casefold()
    slug = "-".join(re.findall(r"[^\W_]+", folded))
    if len(slug) > _LONGEST_SLUG:
        slug = slug[: _LONGEST_SLUG + 1].rpartition("-")[0] or slug[:_LONGEST_SLUG]
    return slug


def bold_question(inline: Inline) -> BoldQuestion | None:
    """Return the question if the whole paragraph is one bold line that asks something."""
    if not inline or any(run.style not in {Style.STRONG, Style.CODE} for run in inline):
        return None
    words = plain_text(inline).strip()
    if inline[0].style is not Style.STRONG or "\n" in words:
        return None
    asks = words.endswith(QUESTION_MARKS)
    if _QUESTION_NUMBER.match(words) or (_PLAIN_NUMBER.match(words) and asks):
        return BoldQuestion.CERTAIN
    if _PLAIN_NUMBER.match(words):
        return BoldQuestion.NUMBERED
    return BoldQuestion.UNNUMBERED if asks else None


def question_answer_pairs(words: str) -> tuple[QuestionAnswerPair, ...]:
    """Return where questions and answers stand in a paragraph; none unless every `Q:` line has an answer."""
    starts = [0, *(match.end() for match in _NEXT_PAIR.finditer(words))]
    pairs = [_pair_at(words, start, end) for start, end in pairwise([*starts, len(words)])]
    return tuple(pair for pair in pairs if pair) if all(pairs) else ()


def _pair_at(words: str, start: int, end: int) -> QuestionAnswerPair | None:
    if match := _PAIR.match(words, start, end):
        return QuestionAnswerPair(match.span("asked"), match.span("answer"))
    if match := _LONE_QUESTION.match(words[:end].rstrip(), start):
        return QuestionAnswerPair(match.span("asked"), None)
    return None


def answer_start(words: str) -> int:
    """Return the position of a paragraph's first word behind a leading `A:`."""
    match = _ANSWER_LABEL.match(words)
    return match.end() if match else 0


def heading_features(pieces: Sequence[Element]) -> tuple[HeadingFeatures, ...]:
    """Return the features of the headings, in their order."""
    return tuple(
        HeadingFeatures(piece.level, plain_text(piece.inline), _starts_answer(pieces, place + 1))
        for place, piece in enumerate(pieces)
        if isinstance(piece, Heading)
    )


def heading_roles(signs: Sequence[HeadingFeatures]) -> tuple[HeadingRole, ...]:
    """Return each heading's role, given the features of all headings of the guide.

    Read from the last heading to the first, so that those below one are known before it.
    """
    tops = sum(sign.level == 1 for sign in signs)
    roles = [HeadingRole.SECTION] * len(signs)
    for place in reversed(range(len(signs))):
        sign = signs[place]
        below = _headings_below(signs, place)
        # Where questions are headings of the first level, the first of them is no title.
        asks_like_others = tops > 1 and sign.answered and sign.asking
        if place == 0 and sign.level == 1 and not (sign.has_question_number or asks_like_others):
            roles[place] = HeadingRole.TITLE
        elif sign.has_question_number or _is_question(sign, signs, roles, below):
            roles[place] = HeadingRole.QUESTION
    _assign_set_up(signs, roles)
    _assign_subheadings(signs, roles)
    return tuple(roles)


def _is_question(
    sign: HeadingFeatures, signs: Sequence[HeadingFeatures], roles: Sequence[HeadingRole], below: range
) -> bool:
    """Tell whether a heading is a question, by what stands below it."""
    if sign.asking:  # headings below it that ask nothing are parts of its answer
        return sign.answered or not any(signs[other].asks for other in below)
    no_question_below = all(roles[other] is not HeadingRole.QUESTION for other in below)
    if sign.numbered:
        return sign.answered or no_question_below
    return sign.answered and no_question_below


def _assign_set_up(signs: Sequence[HeadingFeatures], roles: list[HeadingRole]) -> None:
    """Make headings such as `Setup` sections where they stand before the first question."""
    for place, sign in enumerate(signs):
        if roles[place] is HeadingRole.QUESTION:
            if not _SET_UP.fullmatch(sign.words) or HeadingRole.QUESTION not in roles[place + 1 :]:
                return
            roles[place] = HeadingRole.SECTION


def _assign_subheadings(signs: Sequence[HeadingFeatures], roles: list[HeadingRole]) -> None:
    """Make a heading that is part of the answer above it a subheading."""
    above: HeadingFeatures | None = None
    for place, sign in enumerate(signs):
        if above and sign.level > above.level and _is_answer_part(sign, above):
            roles[place] = HeadingRole.SUBHEADING
        else:
            above = sign if roles[place] is HeadingRole.QUESTION else None


def _is_answer_part(sign: HeadingFeatures, question: HeadingFeatures) -> bool:
    """Tell whether a heading below a question's heading asks nothing new.

    Where questions are numbered, one without a number is asked on the way to the answer.
    """
    if sign.has_question_number:
        return False
    if sign.numbered or not sign.asking:
        return not sign.asks
    return question.has_question_number or (question.numbered and question.asking)


def _headings_below(signs: Sequence[HeadingFeatures], place: int) -> range:
    """Return the positions of the headings below a heading, up to the next of its level."""
    end = place + 1
    while end < len(signs) and signs[end].level > signs[place].level:
        end += 1
    return range(place + 1, end)


def _starts_answer(pieces: Sequence[Element], place: int) -> bool:
    """Tell whether what follows a heading is an answer, and not another heading or a FAQ."""
    for later in range(place, len(pieces)):
        piece = pieces[later]
        if isinstance(piece, Heading):
            return False
        if isinstance(piece, Prose):
            bold = bold_question(piece.inline)
            return not (bold or question_answer_pairs(plain_text(piece.inline)))
        if not isinstance(piece, DirectiveComment | Other):
            return True
    return False
