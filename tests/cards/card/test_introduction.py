"""New cards come by importance, one of each question in turn."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cards.card.introduction import IntroducedCard, introductions
from cards.card.kind import CardKind
from cards.guide.importance import Importance

KINDS = st.sampled_from(CardKind)
CARDS = st.lists(
    st.builds(
        IntroducedCard,
        st.sampled_from("abcd"),
        KINDS,
        st.none() | st.sampled_from(Importance),
        st.sampled_from(["", "", "a", "b", "C"]),
    ),
    max_size=40,
)


def order(*cards: IntroducedCard) -> list[int]:
    found = introductions(cards)
    return sorted(range(len(cards)), key=lambda place: found[place].place)


def test_a_question_begins_with_what_it_asks_and_goes_on_to_code_and_details() -> None:
    kinds = [CardKind.CELL, CardKind.PREDICT, CardKind.FAQ, CardKind.FACT, CardKind.OVERVIEW, CardKind.NAME]
    cards = [IntroducedCard("q", kind) for kind in kinds]
    assert [kinds[place].value for place in order(*cards)] == [
        "overview",
        "fact",
        "faq",
        "predict",
        "cell",
        "name",
    ]


def test_every_question_is_begun_before_one_is_finished() -> None:
    cards = [IntroducedCard(question, CardKind.FACT) for question in "aaabbb"]
    assert order(*cards) == [0, 3, 1, 4, 2, 5]


def test_code_comes_before_the_second_definition() -> None:
    cards = [IntroducedCard("a", kind) for kind in (CardKind.FACT, CardKind.FACT, CardKind.PREDICT)]
    assert order(*cards) == [0, 2, 1]


def test_what_the_author_says_goes_before_all_rules() -> None:
    cards = [
        IntroducedCard("a", CardKind.OVERVIEW, said=Importance.EXTRA),
        IntroducedCard("a", CardKind.NAME, said=Importance.CORE),
        IntroducedCard("b", CardKind.FACT),
    ]
    assert order(*cards) == [1, 2, 0]
    assert [found.importance for found in introductions(cards)] == [
        Importance.EXTRA,
        Importance.CORE,
        Importance.CORE,
    ]


def test_the_question_itself_goes_before_what_its_author_says_is_core() -> None:
    cards = [
        IntroducedCard("a", CardKind.FACT, said=Importance.CORE),
        IntroducedCard("a", CardKind.OVERVIEW),
        IntroducedCard("a", CardKind.FACT),
    ]
    assert order(*cards) == [1, 0, 2]
    assert introductions(cards)[1].importance is Importance.CORE


def test_three_cards_of_a_question_are_core_and_none_that_is_asked_backwards() -> None:
    cards = [IntroducedCard("a", CardKind.FACT) for _ in range(12)]
    assert [found.importance.name for found in introductions(cards)] == (
        ["CORE"] * 3 + ["PLAIN"] * 7 + ["EXTRA"] * 2
    )
    assert introductions([IntroducedCard("a", CardKind.NAME)])[0].importance is Importance.PLAIN


@given(CARDS)
def test_every_card_has_a_place_of_its_own_and_importance_never_rises(cards: list[IntroducedCard]) -> None:
    found = introductions(cards)
    assert sorted(each.place for each in found) == list(range(len(cards)))
    importances = [each.importance for each in sorted(found)]
    assert importances == sorted(importances, reverse=True)


@given(CARDS)
def test_no_question_has_more_core_cards_than_three_where_nobody_says_so(cards: list[IntroducedCard]) -> None:
    unsaid = [card._replace(said=None) for card in cards]
    found = introductions(unsaid)
    for question in {card.question for card in unsaid}:
        core = [
            each
            for each, card in zip(found, unsaid, strict=True)
            if card.question == question and each.importance is Importance.CORE
        ]
        assert len(core) <= 3


def named_order(*cards: tuple[str, CardKind, str]) -> list[str]:
    """Return the order of cards, each given as question, kind and term, as question and kind."""
    found = order(*(IntroducedCard(question, kind, term=term) for question, kind, term in cards))
    return [f"{cards[place][0]} {cards[place][1]}" for place in found]


def test_a_definition_comes_before_the_first_other_question_that_asks_with_its_term() -> None:
    facts = [("why-is-a-ragged-tensor-slow", CardKind.FACT, ""), ("what-is-eager", CardKind.FACT, "")]
    own = ("which-kinds-are-there", CardKind.OVERVIEW, "")
    assert named_order(*facts, own, ("which-kinds-are-there", CardKind.TERM, "Ragged tensor")) == [
        "which-kinds-are-there term",
        "why-is-a-ragged-tensor-slow fact",
        "what-is-eager fact",
        "which-kinds-are-there overview",
    ]
    # What only its own question asks with, and what none does, has its usual place.
    for term in ("kinds", "ragged", "tensor slow down", "sparse"):
        usual = named_order(*facts, own, ("which-kinds-are-there", CardKind.TERM, term))
        assert usual.index("which-kinds-are-there term") == (0 if term == "ragged" else 3), term


def test_a_definition_stays_behind_what_its_author_says() -> None:
    cards = [
        IntroducedCard("why-is-a-shape-fixed", CardKind.FACT),
        IntroducedCard("names", CardKind.TERM, Importance.EXTRA, "shape"),
    ]
    assert order(*cards) == [0, 1]
    assert [found.importance for found in introductions(cards)] == [Importance.CORE, Importance.EXTRA]


def test_definitions_that_nobody_leans_on_leave_every_place_as_it_was() -> None:
    kinds = [CardKind.TERM, CardKind.FACT, CardKind.OVERVIEW, CardKind.FACT]
    plain = [IntroducedCard("a", kind) for kind in kinds] + [IntroducedCard("b", kind) for kind in kinds]
    defining = [card._replace(term="rank" if card.kind is CardKind.TERM else "") for card in plain]
    assert introductions(plain) == introductions(defining)
