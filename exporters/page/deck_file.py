"""Export a proved deck as one file for other tools, or to read and print: CSV, JSON, HTML."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

from cards.card.sides import breadcrumb_above, words
from cards.errors import ExportError
from cards.files import write_atomically
from exporters.html.formula_html import FormulaForm
from exporters.html.safe_text import clean
from exporters.html.side_html import back_html, breadcrumb_html, proof_html, side_html
from exporters.page.deck_format import DeckFormat
from exporters.page.deck_page import deck_page

if TYPE_CHECKING:
    from pathlib import Path

    from cards.card.card import Card
    from cards.card.deck import ProvedDeck
    from cards.card.sides import Side


def export_deck_file(deck: ProvedDeck, path: Path, form: DeckFormat) -> bool:
    """Write the deck to `path`; return False if the file was there already, byte for byte the same.

    Raises ExportError where the file cannot be written.
    """
    try:
        return write_atomically(path, deck_text(deck, form).encode(), make_folder=False)
    except OSError as error:
        raise ExportError(f"{path} cannot be written: {error.strerror or error}.") from error


def deck_text(deck: ProvedDeck, form: DeckFormat) -> str:
    """Return the deck as text in a format."""
    match form:
        case DeckFormat.CSV:
            return _csv(deck)
        case DeckFormat.JSON:
            return _json(deck)
        case DeckFormat.HTML:
            return deck_page(deck)


_COLUMNS = ("Front", "Back", "Context", "Breadcrumb", "Proof", "Key", "Tags")
"""Front and back first: a note type with two fields takes just these."""


def _csv(deck: ProvedDeck) -> str:
    target = io.StringIO()
    target.write("#separator:Comma\n#html:true\n")
    target.write(f"#columns:{','.join(_COLUMNS)}\n#tags column:{len(_COLUMNS)}\n")
    rows = csv.writer(target, lineterminator="\n")
    for card in deck.whole_cards:
        rows.writerow(
            [
                side_html(card.front),
                back_html(card),
                side_html(card.context),
                breadcrumb_html(breadcrumb_above(card.breadcrumb, card.front)),
                proof_html(card.stamp),
                card.id,
                " ".join(card.tags),
            ]
        )
    return target.getvalue()


def _json(deck: ProvedDeck) -> str:
    content = {
        "format": 1,
        "deck": clean(deck.title),
        "guide": deck.slug,
        "cards": [_card_record(card) for card in deck.whole_cards],
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _card_record(card: Card) -> dict[str, Any]:
    stamp = card.stamp
    return {
        "id": card.id,
        "kind": card.kind.value,
        "question": card.slug,
        "breadcrumb": [clean(part) for part in card.breadcrumb],
        "front": _side_record(card.front),
        "back": _side_record(card.back),
        "context": _side_record(card.context) if card.context else None,
        "tags": list(card.tags),
        "changed_at": card.changed_at,
        "proof": None
        if stamp is None
        else {"tensorflow": stamp.tensorflow, "keras": stamp.keras, "proved_on": stamp.proved_on}
        | ({"since": stamp.since} if stamp.since else {})
        | ({"ran_with": stamp.ran_with} if stamp.ran_with else {}),
        "failing": card.failing or None,
        "source": {"path": card.span.path, "first": card.span.first, "last": card.span.last}
        if card.span.path
        else None,
    }


def _side_record(side: Side) -> dict[str, str]:
    return {"text": clean(words(side)), "html": side_html(side, FormulaForm.MATHML)}
