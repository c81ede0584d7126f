"""A card as an Anki note: its fields, ids and times."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from itertools import chain
from typing import TYPE_CHECKING

from cards.card.card import Card, UnchangedCard
from cards.card.sides import breadcrumb_above
from cards.part_cache import PartCache
from cards.shared_work import share_work
from cards.span import NOWHERE
from exporters.anki import note_type
from exporters.anki.tag import note_tags
from exporters.html.safe_text import disarm_anki_syntax, escape
from exporters.html.side_html import back_html, breadcrumb_html, front_html, proof_html, side_html

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from cards.card.card import CardId
    from cards.card.deck import ProvedDeck

RENDERED_SINCE = 1_796_052_600
"""When the HTML made from the same card last changed, in seconds since 1970; 0 for never.

A release that renders cards differently moves this to its own day, so that the notes people already
have are brought up to date once.
"""

_FIRST_ID = 1_767_225_600_000
"""Note ids are moments in milliseconds: Anki shows them as the day of creation and renumbers future ones."""
_CARD_BITS = 16
"""Cards of a question lie within so many bits, so that they are neighbours in the collection: what they
share is then near enough for a package's compression to find it, which halves the package."""
_QUESTION_BITS = 18
_ID_SPAN = 1 << (_QUESTION_BITS + _CARD_BITS)
"""198 days from 2026-01-01."""


@dataclass(frozen=True, slots=True)
class Note:
    """A note of a package."""

    id: int
    """Also the id of its only card."""
    guid: CardId
    changed_at: int
    """What decides whether an import replaces the note: Anki does so only for a later time."""
    position: int
    """Counts from 1 in the order in which cards are introduced: when a new card is shown."""
    fields: tuple[str, ...]
    """One for each of `note_type.FIELDS`; none for a note whose text stays as the last package has it."""
    tags: tuple[str, ...]
    """The note's tags; none for a note whose text stays."""


def notes_of(deck: ProvedDeck, parts: PartCache | None = None) -> Iterator[Note]:
    """Yield the notes of a deck's cards, in their order; the text of an unchanged card stays.

    The text of a card with code that looks as it did is taken from `parts`: to colour code takes long.
    """
    parts = parts or PartCache()
    ids = note_ids({card.id: card.slug for card in deck.cards})
    in_words = [card for card in deck.cards if isinstance(card, Card) and not _has_known_code(card)]
    others = chain.from_iterable(share_work(_all_fields, in_words))
    for card, position in zip(deck.cards, positions_of(deck), strict=True):
        if isinstance(card, UnchangedCard):
            yield Note(ids[card.id], card.id, note_change_time(card), position, fields=(), tags=())
        else:
            fields = _fields_once(card, parts) if _has_known_code(card) else next(others)
            yield _note(card, ids[card.id], position, fields)


def positions_of(deck: ProvedDeck) -> tuple[int, ...]:
    """Return when each card is shown as a new one, from 1."""
    return tuple(introduction.place + 1 for introduction in deck.introductions)


def note_ids(questions: Mapping[CardId, str]) -> dict[CardId, int]:
    """Return a distinct note id for each card, given its question; the same in every build.

    Where two cards of a question want the same number, which one in a thousand questions sees, the second
    in alphabetical order takes the next. That may move when the first is retired, and a reworded
    question's ids move with it, which is harmless: an import finds a note by its guid.
    """
    ids: dict[CardId, int] = {}
    taken: set[int] = set()
    starts = {slug: _hash(slug, _QUESTION_BITS) << _CARD_BITS for slug in set(questions.values())}
    for card in sorted(questions):
        number = starts[questions[card]] + _hash(card, _CARD_BITS)
        while number in taken:
            number = (number + 1) % _ID_SPAN
        taken.add(number)
        ids[card] = _FIRST_ID + number
    return ids


def _hash(name: str, bits: int) -> int:
    return int.from_bytes(sha256(name.encode()).digest()[:8], "big") % (1 << bits)


def note_change_time(card: Card | UnchangedCard) -> int:
    """Return when the note last changed: the card itself, or the HTML made from it."""
    return max(card.changed_at, RENDERED_SINCE)


def typed_answer(card: Card) -> str:
    """Return what is typed into the card's gap; empty where nothing is."""
    return card.gap.text if card.gap is not None else ""


def _note(card: Card, note_id: int, position: int, fields: tuple[str, ...]) -> Note:
    return Note(
        id=note_id,
        guid=card.id,
        changed_at=note_change_time(card),
        position=position,
        fields=fields,
        tags=note_tags(card),
    )


def _has_known_code(card: Card) -> bool:
    return bool(card.snippets and card.digest)


def _fields_once(card: Card, parts: PartCache) -> tuple[str, ...]:
    return parts.recall((card.id, card.digest, typed_answer(card)), NOWHERE, lambda: _fields(card))


def _all_fields(cards: Sequence[Card]) -> list[tuple[str, ...]]:
    return list(map(_fields, cards))


def _fields(card: Card) -> tuple[str, ...]:
    """Return the texts of a note, in the order of `note_type.FIELDS`."""
    return (
        escape(card.id),
        front_html(card.front),
        back_html(card),
        side_html(card.context),
        breadcrumb_html(breadcrumb_above(card.breadcrumb, card.front)),
        proof_html(card.stamp),
        disarm_anki_syntax(escape(typed_answer(card))),
        *_SPARE_FIELDS,
    )


_SPARE_FIELDS = ("",) * len(note_type.SPARE_FIELDS)
