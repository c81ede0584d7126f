"""Formulas on lines of their own, and the paragraphs around them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cards.guide.block import Prose
from cards.guide.inline import merge_adjacent
from cards.guide.text import Style, StyledText, plain_text
from cards.markup.formula import formula_of
from cards.span import Span

if TYPE_CHECKING:
    from markdown_it.token import Token

    from cards.guide.element import Element
    from cards.guide.text import Inline

MATH_LANGUAGE = "math"
"""The language of a block that holds a formula."""


def formula_inline(token: Token) -> Inline:
    """Return a formula on lines of its own with the delimiters that it was written with."""
    tex = token.content.strip()
    return (StyledText(f"\\[{tex}\\]" if token.markup == "\\[" else f"$${tex}$$", Style.FORMULA),)


def add_formula(elements: list[Element], formula: Inline, span: Span) -> None:
    """Add a formula to the paragraph that leads into it, else as a paragraph of its own."""
    before = elements[-1] if elements else None
    if isinstance(before, Prose) and not _ends_thought(before.inline):
        whole = merge_adjacent((*before.inline, StyledText(" "), *formula))
        elements[-1] = Prose(whole, Span(span.path, before.span.first, span.last))
    else:
        elements.append(Prose(formula, span))


def _ends_thought(inline: Inline) -> bool:
    """Tell whether a paragraph is over: with a full stop, or with a formula."""
    words = plain_text(inline).rstrip()
    return words.endswith((".", "!", "?", "。")) or (bool(inline) and inline[-1].style is Style.FORMULA)


def continued_formula(above: Element, below: Element) -> Prose | None:
    """Return a paragraph that ends in a formula with one that goes on with its sentence: `where n is ...`."""
    if not (isinstance(above, Prose) and isinstance(below, Prose) and above.inline):
        return None
    last = above.inline[-1]
    is_display = last.style is Style.FORMULA and formula_of(last.text).is_display
    if not is_display or not plain_text(below.inline).lstrip()[:1].islower():
        return None
    whole = merge_adjacent((*above.inline, StyledText(" "), *below.inline))
    return Prose(whole, Span(above.span.path, above.span.first, below.span.last))
