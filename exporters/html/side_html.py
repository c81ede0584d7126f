"""The sides of a card as HTML."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, assert_never

from cards.card.filled_gap import FilledCode, answer_blocks
from cards.guide.block import Code, Item, Listing, Picture, Prose, Table
from cards.guide.repeated_work import remembered
from cards.guide.text import Inline, Style, StyledText
from cards.language.direction import is_right_to_left
from cards.regex import regex
from exporters.html.formula_html import MATHJAX, FormulaForm, formula_html
from exporters.html.line_html import code_block_html, filled_code_html
from exporters.html.phone_fold import folded_lines
from exporters.html.safe_text import disarm_anki_syntax, escape

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cards.card.card import Card
    from cards.card.proof_stamp import Stamp
    from cards.card.sides import Side
    from cards.guide.block import Block


_NO_SYNTAX = str.maketrans({"{": "(", "}": ")", "\\": "/"})

BREADCRUMB_JOINT = " \u203a "
"""A small angle between section and question."""


_CODE_ELEMENT = regex(r"<code>.*?</code>|<[^>]*>", re.DOTALL)


def side_html(side: Side, form: FormulaForm = FormulaForm.MATHJAX) -> str:
    """Return one side of a card as balanced HTML; its classes say how it looks."""
    return _joined_html([_shared_block_html(block, form) for block in side])


@remembered
def _shared_block_html(block: Block, form: FormulaForm) -> str:
    """Return the HTML of a block that may stand on several cards, as their paragraph or table does."""
    return _block_html(block, form)


def front_html(front: Side) -> str:
    """Return the front as HTML that keeps what is asked about in sight on a phone."""
    folds = folded_lines(front)
    return _joined_html(
        [_block_html(block, FormulaForm.MATHJAX, folded) for block, folded in zip(front, folds, strict=True)]
    )


def back_html(card: Card, form: FormulaForm = FormulaForm.MATHJAX) -> str:
    """Return the back as HTML, gaps filled, under the mark of a card whose code does not hold."""
    mark = disarm_anki_syntax(f'<p class="failing">{escape(failing_text(card))}</p>') if card.failing else ""
    return mark + _joined_html([_block_html(block, form) for block in answer_of(card)])


def answer_of(card: Card) -> tuple[Block | FilledCode, ...]:
    """Return the blocks of a back that says again what has the gap, filled."""
    first = card.back[0] if card.back else None
    # A formula stays one, beside its gap.
    has_formula = isinstance(first, Prose) and any(run.style is Style.FORMULA for run in first.inline)
    return card.back if has_formula else answer_blocks(card.front, card.back)


def _joined_html(blocks: Sequence[str]) -> str:
    html = "".join(blocks)
    is_turned = not html.isascii() and is_right_to_left(_CODE_ELEMENT.sub("", html).replace(MATHJAX, ""))
    page = disarm_anki_syntax(_right_to_left(html, "div") if is_turned else html)
    return page.replace(MATHJAX, "\\")


def failing_text(card: Card) -> str:
    """Return the text of a failing card's mark; empty for any other card."""
    return f"✗ {card.failing}" if card.failing else ""


@lru_cache(maxsize=64)  # the cards of a question share theirs
def breadcrumb_html(breadcrumb: tuple[str, ...]) -> str:
    """Return section and question as one line."""
    html = BREADCRUMB_JOINT.join(escape(part) for part in breadcrumb)
    return disarm_anki_syntax(_right_to_left(html, "span") if is_right_to_left(html) else html)


def _right_to_left(html: str, tag: str) -> str:
    """Return HTML that is read from right to left; code in it is still read from left to right."""
    html = html.replace("<code>", '<code dir="ltr">').replace("<pre ", '<pre dir="ltr" ')
    return f'<{tag} dir="rtl">{html}</{tag}>'


def proof_html(stamp: Stamp | None) -> str:
    """Return the proof as one quiet line that wraps only between its parts; empty where nothing was run."""
    if stamp is None:
        return ""
    ran_on, *others = (f"<span>{escape(part)}</span>" for part in _proof_parts(stamp))
    return disarm_anki_syntax(" · ".join([f"{_proof_verb(stamp)} {ran_on}", *others]))


def proof_text(stamp: Stamp | None) -> str:
    """Return the proof as one line of plain text; empty where nothing was run."""
    return f"{_proof_verb(stamp)} {' · '.join(_proof_parts(stamp))}" if stamp else ""


def _proof_verb(stamp: Stamp) -> str:
    return "holds on" if stamp.versions else "ran on"


def _proof_parts(stamp: Stamp) -> tuple[str, ...]:
    if stamp.versions:
        return (f"TensorFlow {stamp.versions}", stamp.proved_on)
    return (*stamp.parts, stamp.proved_on)


def _block_html(block: Block | FilledCode, form: FormulaForm, folded: int = 0) -> str:
    match block:
        case FilledCode():
            return filled_code_html(block)
        case Prose():
            return f"<p>{_inline_html(block.inline, form)}</p>"
        case Code():
            return code_block_html(block, folded)
        case Listing():
            return _list_html(block.items, "ol" if block.ordered else "ul", form)
        case Picture():
            return f'<p><img src="{escape(block.name)}" alt="{_attribute(block.alt)}"></p>'
        case Table():
            return _table_html(block, form)
        case _:
            raise TypeError(f"{type(block).__name__} cannot stand on a card")


def _attribute(text: str) -> str:
    # Anki's own syntax has no place in an attribute: its brackets are taken for what they begin.
    return escape(text).replace('"', "&quot;").replace("[", "(").replace("]", ")").translate(_NO_SYNTAX)


def _inline_html(inline: Inline, form: FormulaForm) -> str:
    return "".join(_styled_text_html(run, form) for run in inline)


def _styled_text_html(run: StyledText, form: FormulaForm) -> str:
    text = escape(run.text)
    match run.style:
        case Style.PLAIN:
            return text
        case Style.CODE:
            return f"<code>{text}</code>"
        case Style.FORMULA:
            return formula_html(run.text, form)
        case Style.STRONG:
            return f"<strong>{text}</strong>"
        case Style.EMPHASIS:
            return f"<em>{text}</em>"
        case Style.GAP:
            return f'<span class="gap">{text}</span>'
        case _:
            assert_never(run.style)


def _list_html(items: tuple[Item, ...], tag: str, form: FormulaForm) -> str:
    entries = "".join(
        f"<li>{_inline_html(item.inline, form)}{_inner_list_html(item, form)}</li>" for item in items
    )
    return f"<{tag}>{entries}</{tag}>"


def _inner_list_html(item: Item, form: FormulaForm) -> str:
    return _list_html(item.items, "ul", form) if item.items else ""


def _table_html(table: Table, form: FormulaForm) -> str:
    header = "".join(f"<th>{_inline_html(cell, form)}</th>" for cell in table.header)
    rows = "".join(
        f"<tr>{''.join(f'<td>{_inline_html(cell, form)}</td>' for cell in row.cells)}</tr>"
        for row in table.rows
    )
    return f'<div class="scroll"><table><thead><tr>{header}</tr></thead><tbody>{rows}</tbody></table></div>'
