"""Which cards are compared: all of small groups, of large ones those that share rare words."""

from __future__ import annotations

from random import Random

import pytest

from cards.card.card import CardKey
from cards.lock import likeness
from cards.lock.compared_card import ComparedCard
from cards.lock.likely_pairs import MAX_PARTNERS, likely_pairs
from cards.lock.matcher import Matcher, MatchReason

SYLLABLES = [
    first + vowel + last
    for first in "bdfgkmp"
    for vowel in "aeiou"
    for last in ("lo", "ra", "nix", "tum", "sek")
]


def cards(number: int, seed: int, *, questions: int = 1) -> list[ComparedCard]:
    """Return cards of made-up words."""
    chance = Random(seed)  # noqa: S311 - repeatable words

    def words(count: int) -> str:
        return " ".join(chance.choices(SYLLABLES, k=count))

    return [
        ComparedCard(
            place,
            CardKey(f"q{seed}-{place % questions}/definition/{words(2)}"),
            f"q{seed}-{place % questions}",
            "definition",
            "Section",
            f"What is {words(3)}?",
            f"It is {words(8)}.",
        )
        for place in range(number)
    ]


def with_slips(olds: list[ComparedCard], slug: str) -> list[ComparedCard]:
    """Return the cards in the reverse order, below another question, each with a slip of the pen."""
    return [
        ComparedCard(
            place,
            CardKey(f"{slug}/definition/{old.front[:-1]}"),
            slug,
            old.kind,
            old.section,
            old.front,
            old.back[:-3] + old.back[-2] + old.back[-3] + ".",
        )
        for place, old in enumerate(reversed(olds))
    ]


def test_small_groups_are_compared_whole() -> None:
    olds, news = cards(60, 1), cards(60, 2)
    assert likely_pairs(olds, news) == [(old, new) for old in olds for new in news]


def test_a_large_group_is_compared_by_the_words_that_are_shared() -> None:
    olds = cards(150, 1)
    news = with_slips(olds, "other")
    pairs = likely_pairs(olds, news)
    assert {(old.place, 149 - old.place) for old in olds} <= {(old.place, new.place) for old, new in pairs}
    assert len(pairs) <= 2 * MAX_PARTNERS * 150


def test_cards_of_which_every_word_is_everywhere_are_compared_with_none() -> None:
    olds, news = ([card] * 500 for card in cards(2, 1))
    assert likely_pairs(olds, news) == []


@pytest.mark.parametrize("number", [150, 300])
def test_the_comparisons_grow_as_the_cards_do(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a guide in which every word changed."""
    compared = 0

    def count(one: str, other: str, similarity: object = likeness.similarity) -> float:
        nonlocal compared
        compared += 1
        assert callable(similarity)
        return float(similarity(one, other))

    monkeypatch.setattr(likeness, "similarity", count)
    olds, news = cards(number, 1, questions=number // 4), cards(number, 2, questions=number // 4)
    Matcher(olds, (), news, {card.slug for card in news}).match()
    assert compared <= 6 * MAX_PARTNERS * number


def test_of_many_cards_each_is_found_again_after_a_slip_of_the_pen() -> None:
    olds = cards(150, 1)
    news = with_slips(olds, "other")
    ties = Matcher(olds, (), news, {"other"}).match()
    assert {new: old for new, (old, _) in ties.items()} == {place: 149 - place for place in range(150)}
    assert {reason for _, reason in ties.values()} == {MatchReason.SECTION}
