"""Copy a deck into the store: in bulk, compared by digest, with nothing deleted."""

# ruff: noqa: S608 - statements are put together from fixed texts only

from __future__ import annotations

import hashlib
import json
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

from cards.card import sides
from cards.card.card import UnchangedCard, content_digest, digest_of_texts
from cards.errors import StaleCacheError
from cards.exercise.exercise import exercise_to_json
from cards.shared_work import share_work
from srs.store.connection import transaction
from srs.store.row import free_name

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from cards.card.card import Card, CardId
    from cards.card.deck import ProvedDeck
    from srs.store.row import BuildSource


_DIGEST, _RETIRED = 10, 11
"""Where the digest and the retirement of a stored card stand in its row, behind its places and its time."""
CONTENT_COLUMNS = (
    "CAST(front AS BLOB), CAST(back AS BLOB), CAST(context AS BLOB), CAST(breadcrumb AS BLOB), "
    "CAST(tags AS BLOB), tensorflow, keras, proved_on, since, ran_with, failing"
)
"""What a card's content digest is made of; as bytes, for damaged text is damage and no error."""


class SyncReport(NamedTuple):
    """The numbers of cards that a build changed in the store."""

    added: int = 0
    changed: int = 0
    """Shown differently than before."""
    retired: int = 0
    revived: int = 0
    unchanged: int = 0
    held: int = 0
    """Out of use until their code holds again."""


class SyncedDeck(NamedTuple):
    """What a build changed in the store, card by card."""

    report: SyncReport
    cards: dict[str, tuple[CardId, ...]]
    """The cards behind each number of the report."""
    was_known: bool
    """The store had cards of this guide before."""

    def after(self, first: SyncedDeck, changed: Collection[CardId]) -> SyncedDeck:
        """Return what a build changed that wrote twice; `changed` are its cards that are shown differently.

        A card that was held in between is as it was before.
        """
        said = {card: name for name, ids in first.cards.items() for card in ids}
        for name, ids in self.cards.items():
            for card in ids:
                if name == "revived" and said.get(card) == "held":
                    said[card] = "changed" if card in changed else "unchanged"
                elif said.get(card, "unchanged") == "unchanged" or name not in {"unchanged", "changed"}:
                    said[card] = name
        found = {
            name: tuple(card for card, one in said.items() if one == name) for name in SyncReport._fields
        }
        report = SyncReport(**{name: len(ids) for name, ids in found.items()})
        return SyncedDeck(report, found, first.was_known)


def sync(
    connection: sqlite3.Connection,
    deck: ProvedDeck,
    source: BuildSource,
) -> SyncedDeck:
    """Make the store show exactly this deck's cards of its guide, in one transaction.

    A card that is no longer in the deck is held if the deck says so, else retired; one that is back is
    revived with its history. A deck that is already there writes nothing at all. Of an unchanged card, only
    its place may have changed, and the store may have to learn when it changed last.
    """
    questions_with_others = {card.slug for card in deck.cards if not card.kind.is_optional}
    with transaction(connection):
        stored = {
            row[0]: row[1:]
            for row in connection.execute(
                "SELECT id, guide, position, question, optional, source_path, source_line, place, "
                "importance, block, changed, digest, retired, held FROM card"
            )
        }
        damaged = {card for card, _ in damaged_faces(connection, deck.id)}
        lean: list[tuple[object, ...]] = []
        full: list[Card] = []
        moved: list[tuple[object, ...]] = []
        was_known = any(row[0] == deck.id for row in stored.values())
        by_change: dict[str, list[CardId]] = {name: [] for name in SyncReport._fields}
        for position, (card, introduction) in enumerate(zip(deck.cards, deck.introductions, strict=True)):
            before = stored.pop(card.id, None)
            order = (introduction.place, int(introduction.importance), card.block, card.changed_at)
            if isinstance(card, UnchangedCard):
                if card.id in damaged:
                    raise StaleCacheError(f"The store's text of the card {card.id} is damaged.")
                by_change["unchanged"].append(card.id)
                moved += _moves(card, deck.id, (position, card.path, card.line, *order), before)
                continue
            optional = card.kind.is_optional and card.slug in questions_with_others
            digest = _content_digest(card)
            place = (deck.id, position, card.slug, int(optional), card.span.path, card.span.first, *order)
            by_change[_count_name(before, digest)].append(card.id)
            if before is None or before[_DIGEST] != digest or card.id in damaged:
                full.append(card)
            if before != (*place, digest, 0, 0) or card.id in damaged:
                lean.append(_card_row(card, place, digest))
        gone = _gone(stored, deck)
        by_change["held"] = [card for is_held, card in gone if is_held]
        by_change["retired"] = [card for is_held, card in gone if not is_held]
        _write_guide(connection, deck, source)
        connection.executemany(
            "UPDATE card SET position = ?, source_path = ?, source_line = ?, place = ?, importance = ?, "
            "block = ?, changed = ? WHERE id = ?",
            moved,
        )
        _write_cards(connection, lean, full, gone)
    report = SyncReport(**{name: len(ids) for name, ids in by_change.items()})
    return SyncedDeck(report, {name: tuple(ids) for name, ids in by_change.items()}, was_known)


def _gone(stored: Mapping[CardId, tuple[Any, ...]], deck: ProvedDeck) -> list[tuple[int, CardId]]:
    """Return the cards that a deck no longer has, each with whether it is held."""
    held = set(deck.held)
    return [
        (int(card in held), card)
        for card, row in stored.items()
        if row[0] == deck.id and row[_RETIRED:] != (1, int(card in held))
    ]


def _count_name(before: tuple[Any, ...] | None, digest: str) -> str:
    """Return the name of the report's count that a card belongs to, given its stored row."""
    if before is None:
        return "added"
    if before[_RETIRED]:
        return "revived"
    return "unchanged" if before[_DIGEST] == digest else "changed"


def _moves(
    card: UnchangedCard, guide: str, place: tuple[object, ...], before: tuple[Any, ...] | None
) -> list[tuple[object, ...]]:
    """Return where an unchanged card stands now if it moved; raise StaleCacheError if it is not stored."""
    if before is None or before[0] != guide or before[_RETIRED]:
        raise StaleCacheError(f"The store does not hold the card {card.id}.")
    return [] if (before[1], *before[4:_DIGEST]) == place else [(*place, card.id)]


def _content_digest(card: Card) -> str:
    content = card.digest or content_digest(card, card.stamp, card.failing)
    shown = f"{card.kind} {content}"
    if card.exercise is not None:
        shown += f" {exercise_to_json(card.exercise)}"
    return hashlib.sha256(shown.encode()).hexdigest()[:16]


def damaged_faces(connection: sqlite3.Connection, guide: str | None = None) -> Iterator[tuple[CardId, str]]:
    """Yield the cards whose stored text is not the one that a build wrote, each with what is wrong."""
    rows = connection.execute(
        f"""
        SELECT card.id, card.digest, CAST(card.kind AS BLOB), face.card, {CONTENT_COLUMNS},
            CAST(exercise AS BLOB)
        FROM card LEFT JOIN face ON face.card = card.id WHERE ? IS NULL OR card.guide = ?
        """,
        (guide, guide),
    )
    for card, digest, kind, face, *shown in rows:
        if face is None:
            yield card, "it has no text"
        elif _stored_digest(kind, shown) != digest:
            yield card, "its text is not what was built"


def _stored_digest(kind: bytes, shown: list[Any]) -> str:
    """Return the digest of a stored card: that of the card that was written, while it is whole."""
    *content, exercise = shown
    try:
        whole = f"{kind.decode()} {stored_content_digest(content)}"
        if exercise is not None:
            whole += f" {exercise.decode()}"
    except UnicodeDecodeError:
        return ""
    return hashlib.sha256(whole.encode()).hexdigest()[:16]


def stored_content_digest(content: Sequence[Any]) -> str:
    """Return the content digest of a stored card, given its CONTENT_COLUMNS; raise UnicodeDecodeError."""
    *sides, tensorflow, keras, proved_on, since, ran_with, failing = content
    stamp = None
    if proved_on is not None:
        stamp = [tensorflow, keras, proved_on, *filter(None, [since, ran_with])]
    # The digest is of the texts with commas between them: all of them are decoded at once.
    return digest_of_texts([b",".join(sides).decode()], stamp, failing)


_CARD_COLUMNS = (
    "id",
    "guide",
    "position",
    "question",
    "optional",
    "source_path",
    "source_line",
    "place",
    "importance",
    "block",
    "changed",
    "kind",
    "digest",
    "retired",
    "held",
)
_FACE_COLUMNS = (
    "card",
    "breadcrumb",
    "tags",
    "front",
    "back",
    "context",
    "paint",
    "words",
    "tensorflow",
    "keras",
    "proved_on",
    "since",
    "ran_with",
    "failing",
    "exercise",
)


def _card_row(card: Card, place: tuple[object, ...], digest: str) -> tuple[object, ...]:
    return (card.id, *place, card.kind.value, digest, 0, 0)


def _face_rows(cards: Sequence[Card]) -> list[tuple[object, ...]]:
    from srs.review.code_colours import colour_code

    return [_face_row(card, colour_code((card.front, card.back, card.context))) for card in cards]


def _face_row(card: Card, paint: dict[str, list[tuple[str, str]]]) -> tuple[object, ...]:
    stamp = card.stamp
    return (
        card.id,
        sides.texts_text(card.breadcrumb),
        sides.texts_text(card.tags),
        *map(sides.side_text, (card.front, card.back, card.context)),
        sides.json_text(paint),
        sides.words((*card.front, *card.back)),
        stamp.tensorflow if stamp else None,
        stamp.keras if stamp else None,
        stamp.proved_on if stamp else None,
        (stamp.since or None) if stamp else None,
        (stamp.ran_with or None) if stamp else None,
        card.failing or None,
        exercise_to_json(card.exercise) if card.exercise else None,
    )


def _upsert(table: str, columns: tuple[str, ...]) -> str:
    """Return the statement that writes a row whole, or over the one with its key, the first column."""
    key, *others = columns
    values = ", ".join("?" * len(columns))
    changes = ", ".join(f"{column} = excluded.{column}" for column in others)
    return (
        f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({values}) "
        f"ON CONFLICT ({key}) DO UPDATE SET {changes}"
    )


def _write_guide(connection: sqlite3.Connection, deck: ProvedDeck, source: BuildSource) -> None:
    known = connection.execute(
        "SELECT title, path, built, short_name, name, questions, removed FROM guide WHERE id = ?", [deck.id]
    )
    row = known.fetchone()
    others = {name for (name,) in connection.execute("SELECT short_name FROM guide WHERE id <> ?", [deck.id])}
    short_name, name = free_name(source.short_name or deck.slug, others), deck.name or None
    questions = json.dumps(dict(deck.questions), ensure_ascii=False)
    if row is None or row != (
        deck.title,
        source.path or row[1],
        source.built,
        short_name,
        name,
        questions,
        0,
    ):
        connection.execute(
            """
            INSERT INTO guide (id, title, path, built, built_on, short_name, name, questions)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET title = excluded.title, path = ifnull(excluded.path, path),
                built = excluded.built, built_on = ifnull(excluded.built_on, built_on),
                short_name = excluded.short_name, name = excluded.name, questions = excluded.questions,
                removed = 0
            """,
            (deck.id, deck.title, source.path, source.built, source.built_on, short_name, name, questions),
        )
        # In one place lies one guide.
        connection.execute("UPDATE guide SET path = NULL WHERE path = ? AND id <> ?", (source.path, deck.id))


def _write_cards(
    connection: sqlite3.Connection,
    lean: list[tuple[object, ...]],
    full: list[Card],
    gone: list[tuple[int, CardId]],
) -> None:
    connection.executemany("UPDATE card SET retired = 1, held = ? WHERE id = ?", gone)
    if not lean and not full:
        return
    connection.executemany(_upsert("card", _CARD_COLUMNS), lean)
    connection.executemany(_upsert("face", _FACE_COLUMNS), chain.from_iterable(share_work(_face_rows, full)))
