"""Text that is read from right to left, in the terminal."""

from __future__ import annotations

from cards.guide.block import Prose
from cards.guide.text import Style, StyledText
from srs.screen.side.marked_text import ShownParagraph
from srs.screen.side_view import inline_text, side_blocks

HEBREW = (StyledText("מהו "), StyledText("tf.constant\u202e", Style.CODE), StyledText("?"))


def test_code_in_it_is_isolated_and_what_hides_is_still_escaped() -> None:
    assert inline_text(HEBREW).plain == "מהו \u2066tf.constant\\u202e\u2069?"


def test_its_paragraphs_stand_at_the_right() -> None:
    paragraphs = [each for each in side_blocks((Prose(HEBREW),), {}, 40) if isinstance(each, ShownParagraph)]
    assert [each.justify for each in paragraphs] == ["right"]


def test_english_is_as_it_was() -> None:
    assert inline_text((StyledText("What is "), StyledText("x", Style.CODE))).plain == "What is x"
