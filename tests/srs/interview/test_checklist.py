from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cards.card.kind import CardKind
from cards.guide.block import Item, Listing
from srs.interview.checklist import MOST_POINTS, can_be_told, follow_ups, main_question
from srs.interview.interview_question import Point
from srs.store.store import Store
from tests.builders.card import card
from tests.builders.deck import deck
from tests.builders.side import inline, marked_side, side

if TYPE_CHECKING:
    from pathlib import Path

    from cards.card.card import Card
    from srs.review.shown_card import ShownCard

TITLE = "What is a tensor?"


def shown(path: Path, *cards: Card) -> list[ShownCard]:
    with Store.open(path) as store:
        store.cards.sync(deck(*cards))
        return [each for row in store.cards.rows() if (each := store.cards.show(row.id)) is not None]


def asked(name: str, kind: CardKind, front: str, back: str) -> Card:
    return card(name, marked_side(front), side(back), kind=kind, breadcrumb=("Basics", TITLE), slug="q")


def outline(*points: str) -> Card:
    listing = Listing(ordered=False, items=tuple(Item(inline(point)) for point in points))
    return card("o", side(TITLE), (listing,), kind=CardKind.OVERVIEW, breadcrumb=("Basics", TITLE), slug="q")


def points(path: Path, *cards: Card) -> tuple[Point, ...]:
    question = main_question(shown(path, *cards))
    assert question is not None
    assert (question.words, question.section) == (TITLE, "Basics")
    return question.points


def test_the_points_are_those_of_the_outline_each_with_the_cards_that_ask_for_it(path: Path) -> None:
    fact = asked("f", CardKind.FACT, "A tensor is an array with one [...] for all.", "dtype")
    whole = outline("A tensor is an array with one dtype for all.", "It may live on a device.")
    assert points(path, fact, whole) == (
        Point("A tensor is an array with one dtype for all.", (fact.id,)),
        Point("It may live on a device.", (whole.id,)),
    )


def test_without_an_outline_the_points_are_what_the_cards_say(path: Path) -> None:
    fact = asked("f", CardKind.FACT, "A tensor has one [...].", "dtype")
    cell = asked("c", CardKind.CELL, "Rank of a vector?", "one")
    back = asked("r", CardKind.REVERSE, "Which has rank one?", "a vector")
    code = asked("p", CardKind.PREDICT, "What does this print?", "1")
    assert points(path, fact, cell, back, code) == (
        Point("A tensor has one dtype.", (fact.id,)),
        Point("Rank of a vector? one", (cell.id,)),
    )


def test_a_short_answer_is_the_only_point_of_its_question(path: Path) -> None:
    own = asked("o", CardKind.FAQ, TITLE, "An array.")
    assert points(path, own) == (Point("An array.", (own.id,)),)


def test_no_more_points_than_keys(path: Path) -> None:
    assert len(points(path, outline(*map(str, range(20))))) == MOST_POINTS


def test_follow_ups_are_those_of_the_question(path: Path) -> None:
    own = asked("o", CardKind.FAQ, TITLE, "An array.")
    more = asked("m", CardKind.FAQ, "Can it be changed?", "No.")
    cards = shown(path, own, more)
    question = main_question(cards)
    assert question is not None
    assert [(each.words, each.points) for each in follow_ups(cards, question)] == [
        ("Can it be changed?", (Point("No.", (more.id,)),))
    ]


def test_a_quiz_is_asked_with_its_options_and_has_one_point(path: Path) -> None:
    quiz = asked("z", CardKind.QUIZ, "What is a tensor? a) An array. b) A song.", "a) An array.")
    question = main_question(shown(path, quiz))
    assert question is not None
    assert (question.words, question.front, question.points) == (
        TITLE,
        quiz.front,
        (Point("a) An array.", (quiz.id,)),),
    )


@pytest.mark.parametrize(
    ("kinds", "told"),
    [
        pytest.param([CardKind.WHY, CardKind.PREDICT], False, id="code alone"),
        pytest.param([CardKind.FACT, CardKind.CODE], False, id="code to write"),
        pytest.param([CardKind.FACT, CardKind.OUTPUT], False, id="code in the question"),
        pytest.param([CardKind.QUIZ], True, id="quiz"),
        pytest.param([CardKind.PREDICT, CardKind.FACT], True, id="words too"),
        pytest.param([CardKind.OVERVIEW], True, id="outline"),
        pytest.param([], False, id="no cards"),
    ],
)
def test_a_question_is_asked_in_words_unless_it_wants_code(kinds: list[CardKind], *, told: bool) -> None:
    assert can_be_told(kinds) is told
