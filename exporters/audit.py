"""A written package held against the cards it was made from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cards.errors import ExportError
from exporters import note_type
from exporters.apkg import unpack
from exporters.markup import clean, collapse, passages
from exporters.render import BREADCRUMB_JOINT, proof_text, side_passages

if TYPE_CHECKING:
    from cards.card import Card, ProvedDeck
    from exporters.markup import Passages
    from exporters.note import Note

_FIELD_AT = {field: index for index, field in enumerate(note_type.FIELDS)}


def where(card: Card) -> str:
    """Return the start of a sentence about the card, with its place in the guide where it has one."""
    return f"{card.span}: the card {card.id}" if card.span.path else f"The card {card.id}"


def audit(deck: ProvedDeck, deck_name: str, package: bytes) -> None:
    """Raise ExportError unless the package says, card by card, what the deck says."""
    packed = unpack(package)
    if packed.deck_names != (deck_name,) or len(packed.notes) != len(deck.cards):
        raise ExportError("The package that was written does not hold the deck; nothing was replaced.")
    for position, (card, note) in enumerate(zip(deck.cards, packed.notes, strict=True), start=1):
        difference = _difference(card, note, position)
        if difference:
            raise ExportError(
                f"{where(card)} would reach Anki with another {difference} than the guide's; "
                "nothing was written. Please report this with the card's text."
            )


def _difference(card: Card, note: Note, position: int) -> str:
    """Name what of the note is not the card's; empty for nothing."""
    wanted: dict[note_type.Field, Passages] = {
        note_type.KEY: (card.id,),
        note_type.FRONT: side_passages(card.front),
        note_type.BACK: side_passages(card.back),
        note_type.CONTEXT: side_passages(card.context),
        note_type.BREADCRUMB: _line(BREADCRUMB_JOINT.join(card.breadcrumb)),
        note_type.PROOF: _line(proof_text(card.stamp)),
    }
    if len(note.fields) != len(note_type.FIELDS):
        return "number of fields"
    for field, shown in wanted.items():
        content = note.fields[_FIELD_AT[field]]
        if passages(content) != shown or clean(content) != content:
            return field.name.lower()
    if (note.guid, note.tags, note.position) != (card.id, card.tags, position):
        return "id, tag or place"
    return ""


def _line(text: str) -> Passages:
    line = collapse(clean(text))
    return (line,) if line else ()
