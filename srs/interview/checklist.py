"""Turn the cards of a question into what an interviewer asks, with a checklist of points."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cards.card.kind import CardKind
from cards.card.sides import words
from cards.guide.block import Listing, Prose, Row, Table
from cards.guide.text import Style, plain_text
from cards.regex import regex
from srs.interview.interview_question import InterviewQuestion, Point, QuestionKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cards.card.card import CardId
    from cards.card.sides import Side
    from cards.guide.block import Item
    from srs.review.shown_card import ShownCard

MOST_POINTS = 9
"""As many as there are keys to tick them with."""
_WORD = regex(r"\w+")
_SAME_SHARE = 0.6
"""The part of a point's words that a card must have to ask for it."""
_NO_POINT = frozenset({CardKind.OVERVIEW, CardKind.FAQ, CardKind.REVERSE, CardKind.WHY, CardKind.QUIZ})
"""Kinds that ask for a point of no answer: what is asked beside it, or the other way round."""


def can_be_told(kinds: Iterable[CardKind]) -> bool:
    """Tell whether a question with cards of these kinds has an answer in words: no code is asked for."""
    kinds = tuple(kinds)
    if any(kind.asks_alone and kind is not CardKind.QUIZ for kind in kinds):
        return False
    return any(kind is not CardKind.WHY and not kind.is_answered_in_code for kind in kinds)


def main_question(cards: Sequence[ShownCard]) -> InterviewQuestion | None:
    """Return a question of a guide as it is asked in an interview; None where its cards make no point.

    `cards` are those of one question, in the guide's order.
    """
    quiz = next((card for card in cards if card.kind is CardKind.QUIZ), None)
    overview = next((card for card in cards if card.kind is CardKind.OVERVIEW), None)
    first = quiz or overview or cards[0]
    title = first.breadcrumb[-1] if first.breadcrumb else words(first.front)
    if quiz is not None:
        points: tuple[Point, ...] = (Point(_in_a_line(quiz.back), (quiz.id,)),)
    else:
        points = (_outline(overview, cards) if overview else ()) or _points_of_cards(cards, title)
    if not points:
        return None
    return InterviewQuestion(
        kind=QuestionKind.QUESTION,
        card=first.id,
        words=title,
        section=section_of(first),
        points=points,
        topic=first.question,
        source=f"{first.source_path}:{first.source_line}",
        front=_below_title(quiz.front, title) if quiz is not None else (),
        paint=tuple(quiz.paint.items()) if quiz is not None else (),
    )


def follow_ups(cards: Sequence[ShownCard], question: InterviewQuestion) -> tuple[InterviewQuestion, ...]:
    """Return what the guide has to be asked after a question, in the guide's order."""
    return tuple(
        InterviewQuestion(
            kind=QuestionKind.FOLLOW_UP,
            card=card.id,
            words=words(card.front),
            section=question.section,
            points=(Point(_in_a_line(card.back), (card.id,)),),
            topic=card.question,
            source=f"{card.source_path}:{card.source_line}",
        )
        for card in cards
        if card.kind is CardKind.FAQ and words(card.front) != question.words
    )


def section_of(card: ShownCard) -> str:
    """Return the innermost section that a card's question stands in; empty for none."""
    return card.breadcrumb[-2] if len(card.breadcrumb) > 1 else ""


def code_question(card: ShownCard) -> InterviewQuestion:
    """Return a card that is answered in code as the coding task of an interview."""
    return InterviewQuestion(
        kind=QuestionKind.TASK,
        card=card.id,
        words=card.breadcrumb[-1] if card.breadcrumb else "",
        section=section_of(card),
        points=(Point("My answer is the one below, or as good.", (card.id,)),),
        topic=card.question,
        source=f"{card.source_path}:{card.source_line}",
        front=card.front,
        back=card.back,
        paint=tuple(card.paint.items()),
    )


def _outline(overview: ShownCard, cards: Sequence[ShownCard]) -> tuple[Point, ...]:
    """Return the points of an overview, each with the cards that ask for it, else the overview itself."""
    texts = _side_points(overview.back)[:MOST_POINTS]
    asking: list[list[CardId]] = [[] for _ in texts]
    for card in cards:
        if card.kind in _NO_POINT or card.kind.is_answered_in_code:
            continue
        said = _tokens(_filled(card))
        shares = [len(_tokens(text) & said) / max(1, len(_tokens(text))) for text in texts]
        best = max(range(len(texts)), key=lambda place: shares[place], default=None)
        if best is not None and shares[best] >= _SAME_SHARE:
            asking[best].append(card.id)
    return tuple(
        Point(text, tuple(found) or (overview.id,)) for text, found in zip(texts, asking, strict=True)
    )


def _points_of_cards(cards: Sequence[ShownCard], title: str) -> tuple[Point, ...]:
    """Return what the cards of a question say, a point a card; of too many the first."""
    points: dict[str, tuple[CardId, ...]] = {}
    for card in cards:
        asks_it = card.kind is CardKind.FAQ and words(card.front) == title
        if (card.kind in _NO_POINT and not asks_it) or card.kind.is_answered_in_code:
            continue
        said = _in_a_line(card.back) if asks_it else _filled(card)
        points[said] = (*points.get(said, ()), card.id)
    return tuple(Point(said, asking) for said, asking in points.items())[:MOST_POINTS]


def _below_title(front: Side, title: str) -> Side:
    """Return what a front shows below the question itself."""
    return front[1:] if words(front[:1]) == title else front


def _filled(card: ShownCard) -> str:
    """Return what a card says: its sentence, gap filled; a missing entry; else question and answer."""
    back = _in_a_line(card.back)
    if card.kind is CardKind.ITEM:
        return back
    for block in card.front:
        if isinstance(block, Prose) and sum(run.style is Style.GAP for run in block.inline) == 1:
            return "".join(back if run.style is Style.GAP else run.text for run in block.inline)
    return f"{_in_a_line(card.front)} {back}"


def _in_a_line(side: Side) -> str:
    return "; ".join(line for line in words(side).split("\n") if line.strip())


def _side_points(side: Side) -> list[str]:
    """Return what a side says, an entry or paragraph each."""
    points: list[str] = []
    for block in side:
        match block:
            case Listing():
                points += [_item_words(item) for item in block.items]
            case Prose():
                points.append(plain_text(block.inline))
            case Table():
                points += [_row_words(row) for row in block.rows]
            case _:
                continue
    return [point for point in points if point.strip()]


def _item_words(item: Item) -> str:
    inner = "; ".join(_item_words(each) for each in item.items)
    return f"{plain_text(item.inline)} {inner}".strip()


def _row_words(row: Row) -> str:
    first, *rest = map(plain_text, row.cells)
    return f"{first}: {', '.join(rest)}" if rest else first


def _tokens(text: str) -> set[str]:
    return set(_WORD.findall(text.casefold()))
