"""What is known of each heading of a guide before its role is decided."""

from __future__ import annotations

from itertools import islice, pairwise, takewhile
from typing import TYPE_CHECKING, NamedTuple

from cards.guide.block import Other, Prose
from cards.guide.decoration import asks, undecorated
from cards.guide.element import AnswerEnd, Asked, DirectiveComment, Heading, HeadingForm, QuestionList
from cards.guide.heading.number import bare_number, has_question_number, is_counted
from cards.guide.heading.question_answer import question_answer_pairs
from cards.guide.text import plain_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cards.guide.element import Element
    from cards.guide.importance import Importance


class HeadingFeatures(NamedTuple):
    """The features of a heading from which its role, and that of other headings, is decided."""

    level: int
    words: str
    """Without the decoration around them."""
    answered: bool
    """An answer follows at once."""
    form: HeadingForm = HeadingForm.PLAIN
    asked: int = 0
    """How many questions that are no headings stand below it, up to the next heading."""
    importance: Importance | None = None
    """How much what it heads matters, as a comment right below it says."""

    @property
    def has_question_number(self) -> bool:
        """Whether the heading has a question's number: `Q3.`"""
        return has_question_number(self.words)

    @property
    def numbered(self) -> bool:
        """Whether the heading has a number that a section may have too."""
        return self.form is HeadingForm.LISTED or is_counted(self.words)

    @property
    def asking(self) -> bool:
        """Whether the heading ends in a question mark."""
        return asks(self.words)

    @property
    def asks(self) -> bool:
        """Whether the form of the heading alone makes it a question."""
        return self.has_question_number or self.numbered or self.asking


def counts_bare(signs: Sequence[HeadingFeatures]) -> bool:
    """Tell whether the headings of a guide are counted by numbers without a mark: `1 What is ...`."""
    found = [(sign.level, number) for sign in signs if (number := bare_number(sign.words))]
    return any(
        level == next_level and _is_next(number, later)
        for (level, number), (next_level, later) in pairwise(found)
    )


def _is_next(number: tuple[int, ...], later: tuple[int, ...]) -> bool:
    """Tell whether a number counts on from another one, in its first part or in its last."""
    return later[0] == number[0] + 1 or (later[:-1] == number[:-1] and later[-1] == number[-1] + 1)


def heading_features(pieces: Sequence[Element]) -> tuple[HeadingFeatures, ...]:
    """Return the features of the headings, in their order."""
    return tuple(
        HeadingFeatures(
            piece.level,
            undecorated(plain_text(piece.inline)),
            _starts_answer(pieces, place + 1),
            piece.form,
            _count_asked(pieces, place + 1),
            _importance_said(pieces, place + 1),
        )
        for place, piece in enumerate(pieces)
        if isinstance(piece, Heading)
    )


def _importance_said(pieces: Sequence[Element], place: int) -> Importance | None:
    """Return what the comments from a place on say of how much matters what they stand above."""
    comments = takewhile(lambda piece: isinstance(piece, DirectiveComment), islice(pieces, place, None))
    said = (piece.order.importance for piece in comments if isinstance(piece, DirectiveComment))
    return next((each for each in said if each is not None), None)


def _count_asked(pieces: Sequence[Element], place: int) -> int:
    """Return how many questions that are no headings stand from a place on, up to the next heading."""
    below = takewhile(lambda piece: not isinstance(piece, Heading), islice(pieces, place, None))
    return sum(
        len(piece.listing.items) if isinstance(piece, QuestionList) else isinstance(piece, Asked)
        for piece in below
    )


def _starts_answer(pieces: Sequence[Element], place: int) -> bool:
    """Tell whether what follows a heading is an answer, and not another heading or a FAQ."""
    for later in range(place, len(pieces)):
        piece = pieces[later]
        if isinstance(piece, Heading):
            return False
        if isinstance(piece, Asked):
            return False
        if isinstance(piece, Prose):
            return not question_answer_pairs(plain_text(piece.inline))
        if not isinstance(piece, DirectiveComment | Other | AnswerEnd):
            return True
    return False
