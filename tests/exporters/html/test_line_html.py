"""Code as lines that a phone can continue, mark and fold."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from cards.card.filled_gap import FilledCode
from cards.guide.block import Code, Prose
from cards.guide.text import Style, StyledText
from exporters.html.line_html import code_block_html, filled_code_html
from exporters.html.phone_fold import folded_lines
from exporters.html.side_html import back_html, front_html, side_html
from tests.builders.card import card
from tests.builders.side import marked_side, side

LONG = "\n".join(f"value_{number} = {number}" for number in range(40))


def test_each_line_knows_how_far_it_is_set_in() -> None:
    html = code_block_html(Code("if a:\n    b\n\n\tc", "text"))

    assert html == (
        '<pre class="code"><code><span class="ln">if a:</span>\n'
        '<span class="ln" style="--in:4">    b</span>\n'
        '<span class="ln"></span>\n<span class="ln" style="--in:4">\tc</span></code></pre>'
    )


def test_a_string_over_several_lines_is_coloured_on_each() -> None:
    html = code_block_html(Code('"""one\ntwo"""', "python"))

    assert html == (
        '<pre class="code"><code><span class="ln"><span class="s">"""one</span></span>\n'
        '<span class="ln"><span class="s">two"""</span></span></code></pre>'
    )


@pytest.mark.parametrize(
    ("code", "parts"),
    [
        ("tf.keras.losses.Huber(delta=1.5)", ["tf.", "keras.", "losses.", "Huber(", "delta=", "1.5)"]),
        ("f(1.5, 2)", ["f(1.5, 2)"]),
        ("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", ["aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"]),
    ],
)
def test_code_without_blanks_breaks_at_its_joints(code: str, parts: list[str]) -> None:
    html = code_block_html(Code(code, "text"))

    assert re.sub("<(?!wbr)[^>]*>", "", html).split("<wbr>") == parts


def test_the_line_that_is_asked_about_is_marked_as_a_whole() -> None:
    html = code_block_html(Code("a = 1\n    b = 2  # why?", "text"))

    assert '<span class="ln asked" style="--in:4">    b = 2<span class="why">  # why?</span></span>' in html


def test_output_with_that_remark_is_not_marked() -> None:
    assert "asked" not in code_block_html(Code("b = 2  # why?", "output"))


def test_a_table_that_was_printed_keeps_its_columns() -> None:
    assert code_block_html(Code("a     b\n1     2", "output")).startswith('<pre class="output drawn">')
    assert code_block_html(Code("a b\n1 2", "output")).startswith('<pre class="output">')


def test_what_fills_a_gap_is_marked() -> None:
    html = filled_code_html(FilledCode(Code("first\nx = f(y)", "text"), 10, 14))

    assert '<span class="ln">x = <span class="filled">f(y)</span></span>' in html


def test_lines_far_above_a_gap_are_folded_and_those_next_to_it_are_not() -> None:
    front = (*side("Which call?"), Code(f"{LONG}\nprint(____)\n{LONG}", "python"))
    (_, folded) = folded_lines(front)

    assert 20 <= folded <= 37
    html = front_html(front)
    assert f'<input type="checkbox" class="more" data-lines="{folded}"><span class="fold">' in html
    assert html.index("value_39") < html.index('class="gap"')
    assert "checkbox" not in side_html(front)


@pytest.mark.parametrize(
    "front",
    [
        (*side("What does this print?"), Code(LONG, "python")),
        (*side("Which call?"), Code("a = 1\nprint(____)", "python")),
        (*side("Which call?"), Code(f"print(____)\n{LONG}", "python")),
        marked_side("A gap […] in words"),
    ],
    ids=["nothing asked about", "short", "at the top", "words"],
)
def test_code_is_not_folded_where_that_shows_nothing(front: tuple[Prose | Code, ...]) -> None:
    assert set(folded_lines(front)) == {0}


def test_a_back_says_again_what_has_the_gap() -> None:
    gap = (StyledText("It is called "), StyledText("…", Style.GAP), StyledText(" here."))
    asked = replace(card("gap", (Prose(gap),), side("tracing")))

    assert back_html(asked) == '<p>It is called <span class="gap">tracing</span> here.</p>'


def test_a_formula_stays_one() -> None:
    gap = (StyledText("It is "), StyledText("…", Style.GAP))
    asked = card("gap", (Prose(gap),), (Prose((StyledText("$x^2$", Style.FORMULA),)),))

    assert back_html(asked) == r"<p>\(x^2\)</p>"
