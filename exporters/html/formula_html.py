"""Formulas as HTML: between brackets for Anki's MathJax, or as MathML that a browser draws by itself."""

from __future__ import annotations

from enum import Enum, auto
from functools import lru_cache
from typing import assert_never

from cards.markup.formula import Formula, formula_of
from exporters.html.safe_text import clean, escape

MATHJAX = "\ufdd2"
"""Stands for each backslash of a formula until all other backslashes are disarmed."""


class FormulaForm(Enum):
    """How formulas are written into HTML."""

    MATHJAX = auto()
    r"""`\\(...\\)` and `\\[...\\]`, as Anki has them."""
    MATHML = auto()


def formula_html(written: str, form: FormulaForm) -> str:
    """Return a formula, given with its delimiters, as HTML."""
    formula = formula_of(written)
    if not formula.is_harmless:
        return f"<code>{escape(written)}</code>"
    match form:
        case FormulaForm.MATHJAX:
            opening, closing = "[]" if formula.is_display else "()"
            return f"\\{opening}{escape(anki_tex(formula))}\\{closing}".replace("\\", MATHJAX)
        case FormulaForm.MATHML:
            return _mathml(formula)
        case _:
            assert_never(form)


def anki_tex(formula: Formula) -> str:
    """Return the TeX with a space between two braces, since Anki takes them for the marks of its gaps."""
    tex = formula.tex
    for pair in ("{{", "}}"):
        while pair in tex:
            tex = tex.replace(pair, " ".join(pair))
    return tex


@lru_cache(maxsize=1024)
def _mathml(formula: Formula) -> str:
    from latex2mathml.converter import convert

    try:
        drawn = convert(clean(formula.tex), display="block" if formula.is_display else "inline")
    except Exception:  # noqa: BLE001 - TeX that the converter does not know is shown as it was written
        return f"<code>{escape(formula.tex)}</code>"
    return str(drawn).replace(
        "<math ", f'<math alttext="{escape(formula.tex).replace(chr(34), "&quot;")}" ', 1
    )
