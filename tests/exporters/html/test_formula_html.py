"""Formulas in Anki stand between its brackets; on a page they are drawn by the browser."""

from __future__ import annotations

import pytest

from cards.guide.text import Style, StyledText
from exporters.html.formula_html import FormulaForm
from exporters.html.side_html import side_html
from tests.builders.side import side


@pytest.mark.parametrize(
    ("written", "html"),
    [
        ("$x^2$", r"<p>\(x^2\)</p>"),
        ("$$x < y$$", r"<p>\[x &lt; y\]</p>"),
        (r"\(a^{b^{c_{d}}}\)", r"<p>\(a^{b^{c_{d} } }\)</p>"),
        (r"$${{x}}$$", r"<p>\[{ {x} }\]</p>"),
        (r"\[a \\[2pt] b\]", r"<p>\[a \\[2pt] b\]</p>"),
        (r"$\href{javascript:x}{y}$", r"<p><code>$\href{javascript:x}{y}$</code></p>"),
    ],
)
def test_anki_finds_a_formula_between_its_brackets(written: str, html: str) -> None:
    assert side_html(side(StyledText(written, Style.FORMULA))) == html


def test_a_browser_draws_a_formula_by_itself() -> None:
    html = side_html(side(StyledText(r"$\frac{a}{b}$", Style.FORMULA)), FormulaForm.MATHML)

    assert html.startswith(r'<p><math alttext="\frac{a}{b}" xmlns="http://www.w3.org/1998/Math/MathML"')
    assert "<mfrac>" in html


def test_what_cannot_be_drawn_is_shown_as_it_was_written() -> None:
    formula = StyledText(r"$\begin{foo}$", Style.FORMULA)

    assert side_html(side(formula), FormulaForm.MATHML) == r"<p><code>\begin{foo}</code></p>"
