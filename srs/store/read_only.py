"""Read a store's file without making, migrating or locking it."""

# ruff: noqa: S608 - statements are put together from fixed texts only

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from typing import TYPE_CHECKING, Any, NamedTuple

from srs.store.connection import require_regular_file
from srs.store.place.unwritable import frozen_uri, has_unapplied_log, may_write, read_only_uri

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from cards.card.card import CardId


class KnownCard(NamedTuple):
    """A card as the store last saw it."""

    id: CardId
    question: str
    kind: str
    front: str
    """Its words."""
    back: str
    retired: bool
    guide: str
    digest: str


class LastContent(NamedTuple):
    """What a card showed last."""

    digest: str
    """As a lock has it."""
    changed_at: int
    """When it became so, in seconds since 1970."""
    proved_on: str = ""
    """The date of the proof that it shows; empty for a card without one."""


class KnownGuide(NamedTuple):
    """A guide as the store last saw it."""

    id: str
    title: str
    path: str | None
    """Where it lay, absolute; None if it was never built on this machine."""
    short_name: str
    name: str
    """Its deck's own name; empty where the deck is called by the title."""
    removed: bool

    @property
    def deck(self) -> str:
        """What its deck is called."""
        return self.name or self.title or self.short_name


class KnownWords(NamedTuple):
    """A card's place and words."""

    id: CardId
    guide: str
    retired: bool
    words: str
    """Front and back, a line a block."""


def read_known_guides(path: str) -> list[KnownGuide]:
    """Return all guides, by their short names; none where there is no store.

    A store of an older format has no identities: there, a guide's name is one.
    """
    rows = _read_rows(
        path, "SELECT id, title, path, short_name, name, removed FROM guide ORDER BY short_name"
    ) or _read_rows(path, "SELECT slug, title, path, slug, NULL, 0 FROM guide ORDER BY slug")
    return [
        KnownGuide(guide, title, lies_at or None, short_name, name or "", bool(removed))
        for guide, title, lies_at, short_name, name, removed in rows
    ]


def read_known_words(path: str) -> list[KnownWords]:
    """Return the words of all cards."""
    rows = _read_rows(
        path,
        "SELECT id, guide, retired, words FROM card JOIN face ON face.card = card.id "
        "ORDER BY guide, retired, position, id",
    )
    return [KnownWords(card, guide, bool(retired), words) for card, guide, retired, words in rows]


def read_card_guides(path: str) -> dict[CardId, tuple[str, bool]]:
    """Return the guide of every card, and whether the card is retired."""
    rows = _read_rows(path, "SELECT id, guide, retired FROM card")
    return {card: (guide, bool(retired)) for card, guide, retired in rows}


def last_build_name(path: str, guide: str) -> str | None:
    """Return the name of a guide's last build in the store; None where there is none."""
    rows = _read_rows(path, "SELECT built FROM guide WHERE id = ?", (guide,))
    return rows[0][0] if rows else None


def read_known_cards(path: str, guide: str) -> list[KnownCard]:
    """Return the guide's cards, those in use first; none where there is no store.

    For a guide that has lost its lock.
    """
    rows = _read_rows(
        path,
        f"{_KNOWN_CARDS} WHERE guide = ? ORDER BY retired, position, card.id",
        (guide,),
    )
    return [_known_card(row) for row in rows]


def read_last_contents(path: str, guide: str) -> dict[CardId, LastContent]:
    """Return what the guide's cards showed last; none of those whose time of change the store does not know.

    For a guide that has lost its lock.
    """
    from srs.store.sync import CONTENT_COLUMNS, stored_content_digest

    rows = _read_rows(
        path,
        f"SELECT card.id, changed, proved_on, {CONTENT_COLUMNS} FROM card JOIN face ON face.card = card.id "
        "WHERE guide = ? AND changed IS NOT NULL",
        (guide,),
    )
    found: dict[CardId, LastContent] = {}
    for card, changed_at, proved_on, *content in rows:
        with suppress(UnicodeDecodeError):
            found[card] = LastContent(stored_content_digest(content), changed_at, proved_on or "")
    return found


def read_cards_with_words(path: str, words: Collection[str]) -> list[KnownCard]:
    """Return the cards of all guides whose front and back have these words; held ones left out."""
    import json

    rows = _read_rows(
        path,
        f"{_KNOWN_CARDS} WHERE held = 0 AND words IN (SELECT value FROM json_each(?)) ORDER BY card.id",
        (json.dumps(list(words)),),
    )
    return [_known_card(row) for row in rows]


def read_other_cards(path: str, guide: str, beginning: str) -> list[KnownCard]:
    """Return the cards of all guides but one whose identity begins so."""
    rows = _read_rows(
        path,
        f"{_KNOWN_CARDS} WHERE guide <> ? AND substr(card.id, 1, ?) = ? ORDER BY card.id LIMIT 4",
        (guide, len(beginning), beginning),
    )
    return [_known_card(row) for row in rows]


def cards_taken_from(path: str, guide: str, cards: Iterable[CardId]) -> dict[CardId, str]:
    """Return which of a guide's cards are in use in another one, and in which."""
    import json

    rows = _read_rows(
        path,
        "SELECT id, guide FROM card WHERE guide <> ? AND retired = 0 "
        "AND id IN (SELECT value FROM json_each(?))",
        (guide, json.dumps(list(cards))),
    )
    return dict(rows)


_KNOWN_CARDS = (
    "SELECT card.id, question, kind, front, back, retired, guide, digest "
    "FROM card JOIN face ON face.card = card.id"
)


def _known_card(row: Sequence[Any]) -> KnownCard:
    card, question, kind, front, back, retired, guide, digest = row
    return KnownCard(card, question, kind, _words(front), _words(back), bool(retired), guide, digest)


def _words(side: str) -> str:
    import json

    from cards.card import sides

    return sides.words(sides.decode(json.loads(side)))


def _read_rows(path: str, statement: str, values: Sequence[object] = ()) -> list[Any]:
    require_regular_file(path)
    for address in _addresses(path):
        with suppress(sqlite3.Error), closing(sqlite3.connect(address, uri=True)) as connection:
            return connection.execute(statement, values).fetchall()
    return []


def _addresses(path: str) -> Iterator[str]:
    """Yield the addresses under which a store may be read, one to be tried after the other."""
    yield read_only_uri(path)
    if not (may_write(path) or has_unapplied_log(path)):
        yield frozen_uri(path)
