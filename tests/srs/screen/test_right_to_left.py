"""Text that is read from right to left, in the terminal."""

from __future__ import annotations

from cards.guide.block import Prose
from cards.guide.text import Style, StyledText
from srs.screen.side_view import inline_text, side_lines

HEBREW = (StyledText("מהו "), StyledText("tf.constant\u202e", Style.CODE), StyledText("?"))


def test_code_in_it_is_isolated_and_what_hides_is_still_escaped() -> None:
    assert inline_text(HEBREW).plain == "מהו \u2066tf.constant\\u202e\u2069?"


def test_its_paragraphs_stand_at_the_right() -> None:
    (row,) = side_lines((Prose(HEBREW),), {}, 40)
    assert row.plain.lstrip() == inline_text(HEBREW).plain
    assert row.width == 40


def test_english_is_as_it_was() -> None:
    assert inline_text((StyledText("What is "), StyledText("x", Style.CODE))).plain == "What is x"
