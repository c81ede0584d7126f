"""What is a formula, and what is money, a name of a shell or words in brackets."""

from __future__ import annotations

import pytest

from cards.guide.block import Prose
from cards.guide.reading.parse import parse_guide
from cards.guide.text import Style
from cards.markup.formula import Formula, formula_of
from cards.markup.formula_text import formula_text, words_with_formulas


@pytest.mark.parametrize(
    ("words", "formulas"),
    [
        (r"$\{1,2\}$ and $2*x*3$", [r"$\{1,2\}$", "$2*x*3$"]),
        (r"the $n$th of $x$-axis, (\(a_1*b*c\))", ["$n$", "$x$", r"\(a_1*b*c\)"]),
        ("$$a$$ within, $5$ of $10^6$", ["$$a$$", "$5$", "$10^6$"]),
        ("`$x$` in code", []),
        ("$5 and $10, US$5-$10, $5/month or $50/year", []),
        ("$HOME and $PATH, $HOME/bin:$PATH, ${NAME}", []),
        (r"it costs \$5 and \$6, 5$ or 6$", []),
        (r"function\(of some words\) and \[see the note\]", []),
        ("a $ b $ c", []),
    ],
)
def test_dollars_and_brackets_are_a_formula_or_text(words: str, formulas: list[str]) -> None:
    block = parse_guide(f"### Q1. What?\n\n{words}\n", "g.md").questions[0].blocks[0]
    assert isinstance(block, Prose)
    assert [run.text for run in block.inline if run.style is Style.FORMULA] == formulas


@pytest.mark.parametrize(
    ("written", "formula"),
    [
        ("$x$", Formula("x", is_display=False)),
        ("$$ x $$", Formula("x", is_display=True)),
        (r"\(x\)", Formula("x", is_display=False)),
        ("\\[\nx\n\\]", Formula("x", is_display=True)),
    ],
)
def test_a_formula_is_read_between_its_delimiters(written: str, formula: Formula) -> None:
    assert formula_of(written) == formula


@pytest.mark.parametrize(
    ("written", "text"),
    [
        (r"$x_1^2 + \alpha \le \beta$", "x₁² + α ≤ β"),  # noqa: RUF001 - Greek
        (r"$\frac{1}{n}$", "1/n"),
        (r"$\frac{a+b}{c}$", "(a+b)/c"),
        (r"$\{1,2\}$", "{1,2}"),
        (r"$2*x*3$", "2*x*3"),
        (r"$\sqrt{x}$", "√x"),
        (r"$\log_2 8$", "log₂ 8"),
        (r"$x \in \mathbb{R}^n$", "x ∈ ℝⁿ"),
        (r"\(\text{loss}_{\text{max}} < 2\)", "lossₘₐₓ < 2"),
        (r"$\begin{bmatrix}1\\2\end{bmatrix}$", r"\begin{bmatrix}1\\2\end{bmatrix}"),
        (r"$\unknown{x}$", r"\unknown{x}"),
    ],
)
def test_a_terminal_shows_unicode_where_that_is_plain(written: str, text: str) -> None:
    assert formula_text(written) == text


def test_a_breadcrumb_reads_well_too() -> None:
    words = r"Is \(\|x\|_2\) above $\alpha$ for $5 and $10?"

    assert words_with_formulas(words) == "Is ‖x‖₂ above α for $5 and $10?"  # noqa: RUF001 - Greek
