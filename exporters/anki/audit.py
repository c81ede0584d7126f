"""Verify a written package: read it back by independent code and compare it with the cards."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from cards.card.card import Card, UnchangedCard
from cards.card.filled_gap import FilledCode
from cards.card.sides import breadcrumb_above
from cards.errors import ExportError
from cards.guide.block import Code, Listing, Picture, Prose, Table
from cards.guide.text import Style
from cards.markup.formula import formula_of
from cards.regex import regex
from cards.shared_work import share_work
from cards.span import Span
from exporters.anki import note_type
from exporters.anki.apkg import open_package, packed_pictures
from exporters.anki.note import note_change_time, positions_of, typed_answer
from exporters.anki.tag import note_tags
from exporters.html.safe_text import clean, is_clean
from exporters.html.side_html import BREADCRUMB_JOINT, answer_of, failing_text, proof_text

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Mapping, Sequence

    from cards.card.card import CardId
    from cards.card.deck import ProvedDeck
    from cards.guide.block import Block, Item
    from cards.guide.text import Inline
    from exporters.anki.note import Note

_PRE = regex(r"<pre\b[^>]*>(.*?)</pre>", re.DOTALL)
_BLOCK_TAG = regex(r"</?(?:p|div|ul|ol|li|table|thead|tbody|tr|th|td)\b[^>]*>")
_TAG = regex(r"<[^>]*>")

_BRACE_BEFORE_SAME = regex(r"\{(?=\{)|\}(?=\})")

# Two of Unicode's noncharacters, which are no white space, and which no note holds: `clean` takes them out.
_FIELD_END = "\ufdd0"
_CODE_HERE = "\ufdd1"


@dataclass(slots=True)
class _VisibleText:
    """The visible text of note fields: prose as words, code by the letter."""

    prose: list[str] = field(default_factory=list)
    code: list[str] = field(default_factory=list)

    def says_the_same(self, other: _VisibleText) -> bool:
        """Tell whether two texts agree once they are clean, which nearly all are."""
        # Many cards are compared at once: a few passes over one long text instead of some for each field.
        mine, its = self._joined(), other._joined()
        return _read(mine) == _read(its) or _read(map(clean, mine)) == _read(map(clean, its))

    def _joined(self) -> tuple[str, str]:
        return " ".join(self.prose), _FIELD_END.join(self.code)


def _read(text: Iterable[str]) -> tuple[list[str], str]:
    """Return the words of prose, and code by the letter."""
    prose, code = text
    return prose.split(), code


def card_location(card: Card | UnchangedCard) -> str:
    """Return the start of a sentence about the card, with its place in the guide where it has one."""
    place = Span(card.path, card.line, card.line) if isinstance(card, UnchangedCard) else card.span
    return f"{place}: the card {card.id}" if place.path else f"The card {card.id}"


def audit(
    deck: ProvedDeck,
    deck_name: str,
    package: bytes,
    scheduled: Container[CardId] = (),
    subdecks: Mapping[CardId, str] | None = None,
) -> None:
    """Raise ExportError unless every note of the package agrees with its card in the deck.

    The scheduled cards are not new, so they have no place in the order of new ones. The text of an
    unchanged card was held against the card when it was written. Cards of `subdecks` are in decks of those
    names, all other in the deck itself.
    """
    if missing := {picture.name for picture in deck.pictures} - packed_pictures(package):
        raise ExportError(f"The package lacks the picture {min(missing)}; nothing was replaced.")
    with open_package(package) as packed:
        headers = packed.note_headers()
        meant = {card.id: (subdecks or {}).get(card.id, deck_name) for card in deck.cards}
        if packed.deck_of_notes() != meant:
            raise ExportError("The package that was written does not hold the deck; nothing was replaced.")
        with_text: list[tuple[Card, int]] = []
        for card, position in zip(deck.cards, positions_of(deck), strict=True):
            place = 0 if card.id in scheduled else position
            if isinstance(card, Card):
                with_text.append((card, place))
            elif headers[card.id][2:] != (note_change_time(card), place):
                raise ExportError(f"{card_location(card)} would reach Anki with another time or place.")

        def compare(some: Sequence[tuple[Card, int]]) -> None:
            # Many at once, for speed, and few enough for memory.
            notes = packed.notes([headers[card.id][1] for card, _ in some])
            _expect_equal([_CardAndNote(card, notes[card.id], place) for card, place in some])

        for _ in share_work(compare, with_text):
            pass


def _expect_equal(pairs: list[_CardAndNote]) -> None:
    if _all_equal(pairs):
        return
    for pair in pairs:
        difference = _difference(pair)
        if difference:
            raise ExportError(
                f"{card_location(pair.card)} would reach Anki with another {difference} than the guide's; "
                "nothing was written. Please report this with the card's text."
            )
    raise ExportError("The package that was written differs from the deck; nothing was replaced.")


class _CardAndNote(NamedTuple):
    card: Card
    note: Note
    position: int


def _all_equal(pairs: list[_CardAndNote]) -> bool:
    if not all(map(_header_equal, pairs)):
        return False
    contents = _FIELD_END.join(pair.note.fields[index] for pair in pairs for index in _COMPARED_INDEXES)
    meant = _expected_text([pair.card for pair in pairs], _COMPARED_FIELDS)
    return is_clean(contents) and _visible_text(contents).says_the_same(meant)


def _header_equal(pair: _CardAndNote) -> bool:
    card, note, position = pair
    return (
        note.changed_at == note_change_time(card)
        and note.position == position
        and note.tags == note_tags(card)
    )


def _difference(pair: _CardAndNote) -> str:
    """Return the name of the first part in which note and card differ; empty where they agree."""
    if not _header_equal(pair):
        return "time, tag or place"
    card, note, _ = pair
    for shown, index in zip(_COMPARED_FIELDS, _COMPARED_INDEXES, strict=True):
        content = note.fields[index]
        meant = _expected_text([card], (shown,))
        if not is_clean(content) or not _visible_text(content).says_the_same(meant):
            return shown.name.lower()
    return ""


def _visible_text(contents: str) -> _VisibleText:
    # What stands outside and inside of `pre`, in turn.
    parts = _PRE.split(contents + _FIELD_END)
    outside, code = f" {_CODE_HERE} ".join(parts[::2]), _FIELD_END.join(parts[1::2])
    prose = _BLOCK_TAG.sub(" ", outside).replace(_FIELD_END, f" {_FIELD_END} ")
    return _VisibleText([html.unescape(_TAG.sub("", prose))], [html.unescape(_TAG.sub("", code))])


def _expected_text(cards: Iterable[Card], fields: tuple[note_type.NoteField, ...]) -> _VisibleText:
    reading = _VisibleText()
    additions = [_EXPECTED[shown] for shown in fields]
    for card in cards:
        for add in additions:
            add(reading, card)
            reading.prose.append(_FIELD_END)
    return reading


def _add_side(reading: _VisibleText, side: Sequence[Block | FilledCode]) -> None:
    for block in side:
        match block:
            case FilledCode():
                reading.prose.append(_CODE_HERE)
                reading.code.append(block.line.source)
            case Prose():
                reading.prose.append(_words(block.inline))
            case Code():
                reading.prose.append(_CODE_HERE)
                reading.code.append(block.source)
            case Listing():
                _add_items(reading, block.items)
            case Picture():
                pass  # its file is looked for instead
            case Table():
                reading.prose += [_words(cell) for cell in block.header]
                reading.prose += [_words(cell) for row in block.rows for cell in row.cells]
            case _:
                raise TypeError(f"{type(block).__name__} cannot stand on a card")


def _words(inline: Inline) -> str:
    """Return the words as Anki has them: formulas between its own brackets, no two braces together."""
    return "".join([_anki_formula(run.text) if run.style is Style.FORMULA else run.text for run in inline])


def _anki_formula(written: str) -> str:
    formula = formula_of(written)
    tex, is_display = formula
    if not formula.is_harmless:
        return written
    apart = _BRACE_BEFORE_SAME.sub(r"\g<0> ", tex)
    return f"\\[{apart}\\]" if is_display else f"\\({apart}\\)"


def _add_back(reading: _VisibleText, card: Card) -> None:
    reading.prose.append(failing_text(card))
    _add_side(reading, answer_of(card))


def _add_items(reading: _VisibleText, items: tuple[Item, ...]) -> None:
    for item in items:
        reading.prose.append(_words(item.inline))
        _add_items(reading, item.items)


_EXPECTED: dict[note_type.NoteField, Callable[[_VisibleText, Card], None]] = {
    note_type.KEY: lambda reading, card: reading.prose.append(card.id),
    note_type.FRONT: lambda reading, card: _add_side(reading, card.front),
    note_type.BACK: _add_back,
    note_type.CONTEXT: lambda reading, card: _add_side(reading, card.context),
    note_type.BREADCRUMB: lambda reading, card: reading.prose.append(
        BREADCRUMB_JOINT.join(breadcrumb_above(card.breadcrumb, card.front))
    ),
    note_type.PROOF: lambda reading, card: reading.prose.append(proof_text(card.stamp)),
    note_type.TYPED_ANSWER: lambda reading, card: reading.prose.append(typed_answer(card)),
}
"""What each field must say."""

_COMPARED_FIELDS = tuple(_EXPECTED)
_COMPARED_INDEXES = tuple(note_type.FIELDS.index(shown) for shown in _COMPARED_FIELDS)
