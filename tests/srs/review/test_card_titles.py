"""Sections and questions are called as the guide calls them."""

from __future__ import annotations

from srs.review.card_titles import FiledCard, card_titles, section_of


def test_some_card_has_each_title_whole() -> None:
    titles = card_titles(
        [
            FiledCard("g", "what-is-jax", "the-ecosystem", ("What is JAX?",)),
            FiledCard("g", "what-is-keras", "the-ecosystem", ("The ecosystem",)),
            FiledCard("g", "what-is-keras", "the-ecosystem", ("The ecosystem", "What is Keras?")),
            FiledCard("h", "alone", "", ("Who stands alone?",)),
            FiledCard("h", "hidden-twice", "hidden", ()),
        ]
    )
    assert titles.section("g", "the-ecosystem") == "The ecosystem"
    assert titles.question("g", "what-is-jax") == "What is JAX?"
    assert titles.question("g", "what-is-keras") == "What is Keras?"
    assert titles.question("h", "alone") == "Who stands alone?"
    assert (titles.section("h", "hidden"), titles.question("h", "hidden-twice")) == ("hidden", "hidden twice")


def test_the_section_of_a_card_is_named_by_its_tags() -> None:
    assert section_of(["topic::x", "section::basics", "kind::fact"]) == "basics"
    assert section_of(["kind::fact"]) == ""


def test_a_guide_tells_the_title_that_no_card_has() -> None:
    cards = [
        FiledCard("g", "what-is-jax", "", ("What is JAX, in short?",)),
        FiledCard("g", "what-makes-a-graph", "", ()),
    ]
    told = {("g", "what-is-jax"): "What is JAX?", ("g", "what-makes-a-graph"): "What makes a graph?"}
    titles = card_titles(cards, told)
    assert titles.question("g", "what-makes-a-graph") == "What makes a graph?"
    assert titles.question("g", "what-is-jax") == "What is JAX, in short?"
