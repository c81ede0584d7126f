"""A written package held against the cards it was made from, by another way than the one that made it."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from cards.card.card import Card, Kept
from cards.errors import ExportError
from cards.guide.block import Code, Listing, Prose, Table
from cards.guide.text import plain
from cards.span import Span
from exporters.anki import note_type
from exporters.anki.apkg import unpack
from exporters.anki.note import changed_at
from exporters.html.safe_text import clean, is_clean
from exporters.html.side_html import BREADCRUMB_JOINT, failing_text, proof_text

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable

    from cards.card.card import CardId
    from cards.card.deck import ProvedDeck, ProvedRevision
    from cards.card.sides import Side
    from cards.guide.block import Item
    from exporters.anki.note import Note

_PRE = re.compile(r"<pre\b[^>]*>(.*?)</pre>", re.DOTALL)
_BLOCK_TAG = re.compile(r"</?(?:p|div|ul|ol|li|table|thead|tbody|tr|th|td)\b[^>]*>")
_TAG = re.compile(r"<[^>]*>")

# Two of Unicode's noncharacters, which no text uses and which are no white space.
_BORDER = "\ufdd0"
_CODE = "\ufdd1"

_AT_ONCE = 1000
"""Cards compared in one text: enough for speed, few enough for memory."""


@dataclass(slots=True)
class _Reading:
    """What a person reads, field by field: words where white space means nothing, code by the letter."""

    prose: list[str] = field(default_factory=list)
    code: list[str] = field(default_factory=list)

    def result(self) -> tuple[list[str], str]:
        # Many cards are compared at once: a few passes over one long text instead of some for each field.
        return clean(" ".join(self.prose)).split(), clean(_BORDER.join(self.code))


def where(card: Card | Kept) -> str:
    """Return the start of a sentence about the card, with its place in the guide where it has one."""
    place = Span(card.path, card.line, card.line) if isinstance(card, Kept) else card.span
    return f"{place}: the card {card.id}" if place.path else f"The card {card.id}"


def audit(
    deck: ProvedDeck | ProvedRevision, deck_name: str, package: bytes, scheduled: Container[CardId] = ()
) -> None:
    """Raise ExportError unless the package says, card by card, what the deck says.

    The scheduled cards are not new, so they have no place in the order of new ones. Of a card that is kept,
    the text was held against the card when it was written.
    """
    with unpack(package) as packed:
        frames = packed.frames()
        whole = frames.keys() == {card.id for card in deck.entries}
        if packed.deck_names != (deck_name,) or not whole:
            raise ExportError("The package that was written does not hold the deck; nothing was replaced.")
        fresh: list[tuple[Card, int]] = []
        for position, card in enumerate(deck.entries, start=1):
            place = 0 if card.id in scheduled else position
            if isinstance(card, Card):
                fresh.append((card, place))
            elif frames[card.id][2:] != (changed_at(card), place):
                raise ExportError(f"{where(card)} would reach Anki with another time or place.")
        for start in range(0, len(fresh), _AT_ONCE):
            some = fresh[start : start + _AT_ONCE]
            notes = packed.notes([frames[card.id][1] for card, _ in some])
            _compare([_Pair(card, notes[card.id], place) for card, place in some])


def _compare(pairs: list[_Pair]) -> None:
    if _agree(pairs):
        return
    for pair in pairs:
        difference = _difference(pair)
        if difference:
            raise ExportError(
                f"{where(pair.card)} would reach Anki with another {difference} than the guide's; "
                "nothing was written. Please report this with the card's text."
            )
    raise ExportError("The package that was written differs from the deck; nothing was replaced.")


class _Pair(NamedTuple):
    card: Card
    note: Note
    position: int


def _agree(pairs: list[_Pair]) -> bool:
    if not all(map(_framed, pairs)):
        return False
    contents = _BORDER.join(pair.note.fields[index] for pair in pairs for index in _SHOWN_AT)
    meant = _meant([pair.card for pair in pairs], _SHOWN)
    return is_clean(contents) and _read(contents).result() == meant.result()


def _framed(pair: _Pair) -> bool:
    card, note, position = pair
    return note.changed_at == changed_at(card) and note.position == position and note.tags == card.tags


def _difference(pair: _Pair) -> str:
    """Name what of the note is not the card's; empty for nothing."""
    if not _framed(pair):
        return "time, tag or place"
    card, note, _ = pair
    for shown, index in zip(_SHOWN, _SHOWN_AT, strict=True):
        content = note.fields[index]
        if not is_clean(content) or _read(content).result() != _meant([card], (shown,)).result():
            return shown.name.lower()
    return ""


def _read(contents: str) -> _Reading:
    page = contents + _BORDER
    prose = _BLOCK_TAG.sub(" ", _PRE.sub(f" {_CODE} ", page)).replace(_BORDER, f" {_BORDER} ")
    code = _BORDER.join(_PRE.findall(page))
    return _Reading([html.unescape(_TAG.sub("", prose))], [html.unescape(_TAG.sub("", code))])


def _meant(cards: Iterable[Card], fields: tuple[note_type.Field, ...]) -> _Reading:
    reading = _Reading()
    for card in cards:
        for shown in fields:
            _WRITERS[shown](reading, card)
            reading.prose.append(_BORDER)
    return reading


def _add_side(reading: _Reading, side: Side) -> None:
    for block in side:
        match block:
            case Prose():
                reading.prose.append(plain(block.inline))
            case Code():
                reading.prose.append(_CODE)
                reading.code.append(block.source)
            case Listing():
                _add_items(reading, block.items)
            case Table():
                reading.prose += [plain(cell) for cell in block.header]
                reading.prose += [plain(cell) for row in block.rows for cell in row.cells]
            case _:
                raise TypeError(f"{type(block).__name__} cannot stand on a card")


def _add_back(reading: _Reading, card: Card) -> None:
    reading.prose.append(failing_text(card))
    _add_side(reading, card.back)


def _add_items(reading: _Reading, items: tuple[Item, ...]) -> None:
    for item in items:
        reading.prose.append(plain(item.inline))
        _add_items(reading, item.items)


_WRITERS: dict[note_type.Field, Callable[[_Reading, Card], None]] = {
    note_type.KEY: lambda reading, card: reading.prose.append(card.id),
    note_type.FRONT: lambda reading, card: _add_side(reading, card.front),
    note_type.BACK: _add_back,
    note_type.CONTEXT: lambda reading, card: _add_side(reading, card.context),
    note_type.BREADCRUMB: lambda reading, card: reading.prose.append(BREADCRUMB_JOINT.join(card.breadcrumb)),
    note_type.PROOF: lambda reading, card: reading.prose.append(proof_text(card.stamp)),
}
"""What each field must say."""

_SHOWN = tuple(_WRITERS)
_SHOWN_AT = tuple(note_type.FIELDS.index(shown) for shown in _SHOWN)
