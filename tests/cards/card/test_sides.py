"""The sides of cards as JSON values and as words."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards.card import sides
from cards.guide.block import FollowUp, Item, Listing, Other, Prose, Row, Subheading, Table
from cards.guide.text import Style, StyledText
from cards.span import Span
from tests.builders.side import sides as drawn_sides

if TYPE_CHECKING:
    from cards.card.sides import Side

WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\n"), max_size=12)


@pytest.mark.slow
@given(drawn_sides(WORDS, sources=st.text(), languages=WORDS))
def test_what_is_encoded_as_json_is_decoded_as_the_same_side(side: Side) -> None:
    assert sides.decode(json.loads(sides.side_text(side))) == side


def test_spans_are_not_encoded() -> None:
    here = sides.side_text((Prose((StyledText("a"),), Span("guide.md", 3, 4)),))
    assert here == sides.side_text((Prose((StyledText("a"),)),)) == '[["prose",[["a"]]]]'


def test_words_come_in_reading_order() -> None:
    side: Side = (
        Prose((StyledText("One "), StyledText("two", Style.STRONG))),
        Listing(
            ordered=True,
            items=(Item((StyledText("three"),), (Item((StyledText("four"),)),)), Item((StyledText("five"),))),
        ),
        Table(
            ((StyledText("six"),), (StyledText("seven"),)),
            (Row(((StyledText("eight"),), (StyledText("nine"),))),),
        ),
        Subheading((StyledText("ten"),)),
        FollowUp((StyledText("eleven"),), (StyledText("twelve"),)),
        Other("a rule"),
    )
    assert sides.words(side) == (
        "One two\nthree\nfour\nfive\nsix | seven\neight | nine\nten\neleven\ntwelve\n"
    )


@pytest.mark.parametrize(
    "block", [Other("a rule"), Subheading(()), FollowUp((), ())], ids=lambda b: type(b).__name__
)
def test_what_cannot_stand_on_a_card_is_not_encoded(block: Other | Subheading | FollowUp) -> None:
    with pytest.raises(TypeError, match="cannot stand on a card"):
        sides.side_text((block,))


def test_a_value_that_is_no_block_is_not_decoded() -> None:
    with pytest.raises(ValueError, match="not a block of a card"):
        sides.decode([["poem", "roses"]])


def test_what_is_no_block_has_no_words() -> None:
    with pytest.raises(TypeError, match="int is not a block"):
        sides.words((3,))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("front", "above"),
    [
        pytest.param("What is a tape?", ("Gradients",), id="asked in front"),
        pytest.param("What does a tape record?", ("Gradients", "What is a tape?"), id="another front"),
    ],
)
def test_a_question_that_the_front_asks_does_not_stand_above_it_again(
    front: str, above: tuple[str, ...]
) -> None:
    side: Side = (Prose((StyledText(front),)),)
    assert sides.breadcrumb_above(("Gradients", "What is a tape?"), side) == above
    assert sides.breadcrumb_above((), side) == ()
