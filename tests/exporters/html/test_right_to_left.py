"""Sides that are read from right to left."""

from __future__ import annotations

from cards.guide.block import Code, Prose
from cards.guide.text import Style, StyledText
from exporters.html.side_html import breadcrumb_html, side_html


def test_a_side_in_arabic_is_read_from_right_to_left_and_its_code_is_not() -> None:
    prose = Prose((StyledText("ما هو "), StyledText("tf.constant", Style.CODE), StyledText("؟")))
    assert side_html((prose, Code("x = 1"))) == (
        '<div dir="rtl"><p>ما هو <code dir="ltr">tf.constant</code>؟</p>'
        '<pre dir="ltr" class="code"><code dir="ltr"><span class="ln">x = 1</span></code></pre></div>'
    )
    assert breadcrumb_html(("الموتر",)) == '<span dir="rtl">الموتر</span>'


def test_a_side_with_a_foreign_word_is_not() -> None:
    assert side_html((Prose((StyledText("What does مصفوفة mean?"),)),)) == "<p>What does مصفوفة mean?</p>"
