"""A deck as one page: contents, filters and search, each question with its cards, answers folded."""

from __future__ import annotations

import mimetypes
import re
from base64 import b64encode
from collections import Counter
from importlib.resources import files
from string import Template
from typing import TYPE_CHECKING

from exporters.anki import note_type
from exporters.html.formula_html import FormulaForm
from exporters.html.safe_text import escape
from exporters.html.side_html import back_html, breadcrumb_html, proof_html, side_html
from exporters.page.deck_outline import deck_outline

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cards.card.card import Card
    from cards.card.deck import ProvedDeck
    from exporters.page.deck_outline import OutlinedQuestion, OutlinedSection


def deck_page(deck: ProvedDeck) -> str:
    """Return the page, which needs nothing from elsewhere."""
    folder = files("exporters") / "theme"
    template = Template((folder / "page.html").read_text("utf-8"))
    # By night the page follows the device, where Anki sets a class.
    night = r"@media screen and (prefers-color-scheme: dark) { .card {\1} }"
    style = re.sub(r"\.card\.nightMode \{(.*?)\}", night, note_type.theme().style, flags=re.DOTALL)
    outline = deck_outline(deck.whole_cards)
    return template.substitute(
        title=escape(deck.title),
        count=_count(len(deck.whole_cards)),
        style=style,
        page_style=(folder / "page.css").read_text("utf-8"),
        script=(folder / "page.js").read_text("utf-8"),
        kinds=_kind_options(deck.whole_cards),
        sections=_section_options(outline),
        contents=_contents(outline),
        cards=_with_pictures("\n".join(map(_section, range(len(outline)), outline)), deck),
    )


def _count(number: int) -> str:
    return f"{number} card{'' if number == 1 else 's'}"


def _kind_options(cards: Sequence[Card]) -> str:
    """Return a choice for each kind that there is, in the order of their first cards."""
    counts = Counter(card.kind for card in cards)
    return "".join(
        f'<option value="{escape(kind.value)}">{escape(kind.plural)} ({number})</option>'
        for kind, number in counts.items()
    )


def _section_options(outline: Sequence[OutlinedSection]) -> str:
    return "".join(
        f'<option value="s{number}">{escape(section.name or "No section")} ({len(section.cards)})</option>'
        for number, section in enumerate(outline)
    )


def _contents(outline: Sequence[OutlinedSection]) -> str:
    parts = []
    for number, section in enumerate(outline):
        links = "".join(
            f'<li><a href="#s{number}q{place}">{breadcrumb_html((question.title,))}</a> '
            f"<span>{len(question.cards)}</span></li>"
            for place, question in enumerate(section.questions)
        )
        heading = (
            f'<p><a href="#s{number}">{breadcrumb_html((section.name,))}</a></p>' if section.name else ""
        )
        parts.append(f"{heading}<ol>{links}</ol>")
    return "\n".join(parts)


def _section(number: int, section: OutlinedSection) -> str:
    heading = f"<h2>{breadcrumb_html((section.name,))}</h2>\n" if section.name else ""
    questions = "".join(
        _question(f"s{number}q{place}", question) for place, question in enumerate(section.questions)
    )
    return f'<section id="s{number}">\n{heading}{questions}</section>'


def _question(anchor: str, question: OutlinedQuestion) -> str:
    heading = f"<h3>{breadcrumb_html((question.title,))}</h3>\n"
    return f'<article id="{anchor}">\n{heading}{"".join(map(_folded_card, question.cards))}</article>\n'


def _folded_card(card: Card) -> str:
    proof = proof_html(card.stamp)
    context = side_html(card.context, FormulaForm.MATHML)
    parts = [
        f'<details class="pd" id="{escape(card.id)}" data-kind="{escape(card.kind.value)}"><summary>',
        f'<div class="front">{side_html(card.front, FormulaForm.MATHML)}</div></summary>\n',
        f'<div class="back">{back_html(card, FormulaForm.MATHML)}</div>',
        f'<div class="proof">{proof}</div>' if proof else "",
    ]
    if context:
        parts.append(f'<details class="context"><summary>Context</summary><div>{context}</div></details>')
    return "".join([*parts, "</details>\n"])


def _with_pictures(page: str, deck: ProvedDeck) -> str:
    """Return the page with its pictures in it, so that the file needs no other."""
    for picture in deck.pictures:
        kind = mimetypes.guess_type(picture.name)[0] or "application/octet-stream"
        content = b64encode(picture.content).decode()
        page = page.replace(f'<img src="{picture.name}"', f'<img src="data:{kind};base64,{content}"')
    return page
